import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { ClientOptions, Credentials, RequestHandler } from "@landbridge/aws";
import type { Clock, EventSink, Ports, Settings } from "@landbridge/core";
import type * as z from "zod";
import { Environment } from "./environment.ts";
import { logEvents } from "./log-events.ts";
import { makeNetwork } from "./network.ts";
import { toSettings } from "./settings.ts";

/** What a host other than Lambda replaces. */
export interface Host {
  readonly clock?: Clock;
  readonly events?: EventSink;
  /** Makes unguessable ids. */
  readonly newId?: () => string;
  /** Carries requests to Microsoft and to the SCIM endpoint. */
  readonly fetch?: typeof globalThis.fetch;
  /** Credentials for AWS; absent: those that the SDK finds. */
  readonly credentials?: Credentials;
  /** Carries requests to AWS. */
  readonly requestHandler?: RequestHandler;
  /** Ports that the host brings along, by the function of `ports.ts` that would make them. */
  readonly made?: ReadonlyMap<unknown, unknown>;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** What every step has, whatever ports it names. */
export interface Basics extends Pick<Ports, "clock" | "events" | "newId"> {
  readonly settings: Settings;
}

/** What ports are made from. One per process. */
export interface Wiring extends Basics {
  readonly environment: Environment;
  readonly fetch: typeof globalThis.fetch;
  /** Options for the clients of AWS. */
  readonly client: ClientOptions;
  /** Creates it at the first request: clients and their rate limiters live as long as the process. */
  use<T>(make: (wiring: Wiring) => T): T;
}

const wallClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    await setTimeout(milliseconds, undefined, signal && { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  },
};

/**
 * Everything comes from the variables and the host, nothing from the process. @throws {Error} naming each wrong or missing
 * variable
 */
export function makeWiring(variables: Variables, host: Host = {}): Wiring {
  const result = Environment.safeParse(variables, { reportInput: true });
  if (!result.success) throw new Error(wrongVariables(result.error));
  const environment = result.data;
  const clock = host.clock ?? wallClock;
  const { credentials, requestHandler } = host;
  const made = new Map<unknown, unknown>(host.made);
  return {
    environment,
    settings: toSettings(environment),
    clock,
    events: host.events ?? logEvents,
    newId: host.newId ?? randomUUID,
    fetch: host.fetch ?? makeNetwork(environment.LANDBRIDGE_ROUTES),
    client: {
      region: environment.AWS_REGION,
      clock,
      ...endpointsOf(variables),
      ...(credentials && { credentials }),
      ...(requestHandler && { requestHandler }),
    },
    use<T>(make: (wiring: Wiring) => T): T {
      if (!made.has(make)) made.set(make, make(this));
      return made.get(make) as T;
    },
  };
}

/** AWS's endpoints on a laptop. Only S3 has a separate one: its requests look different there. */
function endpointsOf({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: s3Endpoint,
}: Variables): Pick<ClientOptions, "endpoint" | "s3Endpoint"> {
  return { ...(endpoint && { endpoint }), ...(s3Endpoint && { s3Endpoint }) };
}

/** One line per variable that has to be set. */
function wrongVariables({ issues }: z.ZodError): string {
  const lines = issues.map(({ path, code, message, input }) => {
    const missing = code === "invalid_type" && input === undefined;
    return `${path.join(".") || "Environment"}: ${missing ? "is not set" : message}`;
  });
  return lines.join("\n");
}

/** Ports by name, each with its factory: functions of `ports.ts`. */
export type PortMakers = Readonly<Record<string, (wiring: Wiring) => unknown>>;

export type PortsOf<P extends PortMakers> = { readonly [Name in keyof P]: ReturnType<P[Name]> };

/** The basics and the ports that are named, which a step then runs with. */
export function connectPorts<P extends PortMakers>(makers: P, wiring: Wiring): Basics & PortsOf<P> {
  const { clock, events, newId, settings } = wiring;
  const ports = Object.entries(makers).map(([name, make]) => [name, wiring.use(make)]);
  return { clock, events, newId, settings, ...(Object.fromEntries(ports) as PortsOf<P>) };
}

let ofThisProcess: Wiring | undefined;

/** A warm Lambda keeps its connections. @throws {Error} as {@link makeWiring} */
export function wiringOfThisProcess(): Wiring {
  return (ofThisProcess ??= makeWiring(process.env));
}
