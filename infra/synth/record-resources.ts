import type { createRequire } from "node:module";

/** A resource as the deployment registers it. */
export interface SynthResource {
  readonly type: string;
  readonly name: string;
  readonly protect?: true;
  readonly retainOnDelete?: true;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The parts of Pulumi's request that mocks do not receive. Not a documented interface: sst is pinned. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getObject(): unknown;
}

interface Monitor {
  registerResource(request: RegisterRequest, callback: unknown): unknown;
}

/** Marks a value that Pulumi keeps secret (pulumi: sdk, special signatures). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Records every resource that is registered from now on. */
export function recordResources(
  require: ReturnType<typeof createRequire>,
  getMonitor: () => unknown,
): SynthResource[] {
  const rpc = require("@pulumi/pulumi/runtime/rpc") as {
    deserializeProperties(properties: unknown): Record<string, unknown>;
  };
  const resources: SynthResource[] = [];
  const monitor = getMonitor() as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    resources.push({
      type: request.getType(),
      name: request.getName(),
      ...(request.getProtect() && { protect: true }),
      ...(request.getRetainondelete() && { retainOnDelete: true }),
      inputs: plain(rpc.deserializeProperties(request.getObject())) as Record<string, unknown>,
    });
    return register(request, callback);
  };
  return resources;
}

/** JSON of it: secrets as `{ $secret }`, code as `$archive`. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (fields[SIGNATURE] === SECRET) return { $secret: plain(fields["value"]) };
  if (fields["__pulumiArchive"] === true) return "$archive";
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => typeof field !== "function")
      .map(([name, field]) => [name, plain(field)]),
  );
}
