import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { LocalHostOptions } from "@landbridge/host/local-host";
import type { Layer } from "@landbridge/sandbox";
import { expect, inject } from "vitest";

/** Services of the sandbox by the prefix of their IAM actions. */
const PREFIXES: Readonly<Record<string, string>> = { "sso-admin": "sso" };

/** Targets in `infra/grants.ts` by what a request names. */
const SECRETS: Readonly<Record<string, string>> = {
  "landbridge/scim-token": "scimToken",
  "landbridge/task-key": "taskKey",
  "landbridge/graph-client-secret": "clientSecret",
};
/** HeadObject asks for the permission of GetObject (S3 API reference, HeadObject). */
const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "GetObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

/**
 * Writes down which function makes which call of AWS: `connect/check-prerequisites` → `sso:ListInstances`. For secrets, records
 * and objects with what it is about: `secretsmanager:GetSecretValue taskKey`, `dynamodb:GetItem connection` (the kind),
 * `s3:GetObject policy/access.yaml` (the key).
 */
export function recordCalls() {
  const callers = new AsyncLocalStorage<string>();
  const calls = new Map<string, Set<string>>();

  const invoke: NonNullable<LocalHostOptions["invoke"]> = (name, _payload, handler) =>
    callers.run(name, handler);
  const layer: Layer = (service, inner) => ({
    async fetch(request) {
      const caller = callers.getStore();
      // What a service does on its own after the request is not the function's doing.
      const send = () => callers.exit(() => inner.fetch(request));
      if (caller === undefined) return send();
      const action = await actionOf(service, request.clone());
      if (action !== null) calls.set(caller, (calls.get(caller) ?? new Set()).add(action));
      return send();
    },
  });
  return { calls, invoke, layer };
}

/** `s3:GetObject policy/access.yaml`; null for what is not AWS's. Reads the body. */
export async function actionOf(service: string, request: Request): Promise<string | null> {
  const { method, headers } = request;
  const { pathname, searchParams } = new URL(request.url);
  if (service === "s3") {
    // Path style: the bucket comes first.
    const [, , ...key] = pathname.split("/").map(decodeURIComponent);
    const action = `${OBJECT_ACTIONS[method]}${searchParams.has("versionId") ? "Version" : ""}`;
    return `s3:${action} ${key.join("/")}`;
  }
  if (service === "sts") return `sts:${new URLSearchParams(await request.text()).get("Action") ?? ""}`;
  const target = headers.get("x-amz-target");
  if (target === null) return null;
  const action = `${PREFIXES[service] ?? service}:${target.slice(target.indexOf(".") + 1)}`;
  if (service === "dynamodb") return `${action} ${kindOf((await request.json()) as DynamoDbRequest)}`;
  if (service !== "secretsmanager") return action;
  const { SecretId } = (await request.json()) as { SecretId: string };
  return `${action} ${SECRETS[SecretId] ?? SecretId}`;
}

/** As far as the record store makes requests. */
interface DynamoDbRequest {
  readonly Key?: { readonly pk: { readonly S: string } };
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
}

/** Kind of the records that a request is about: their partition key. */
function kindOf({ Key, KeyConditionExpression = "", ExpressionAttributeValues }: DynamoDbRequest): string {
  const [, placeholder = ""] = /^pk = (:\w+)$/.exec(KeyConditionExpression) ?? [];
  return Key?.pk.S ?? ExpressionAttributeValues?.[placeholder]?.S ?? "of an unknown kind";
}

/** Calls by function: `connect/check-prerequisites` → `sso:ListInstances`. */
export type Calls = ReadonlyMap<string, ReadonlySet<string>>;

interface Recorded {
  /** Name of the test file. */
  readonly file: string;
  readonly calls: Readonly<{ [functionName: string]: readonly string[] }>;
}

/** For the test that compares them with permissions, after all others. */
export function keepCalls(calls: Calls): void {
  const folder = inject("recordedCalls");
  const record: Recorded = {
    file: path.basename(expect.getState().testPath ?? ""),
    calls: Object.fromEntries([...calls].map(([name, actions]) => [name, [...actions]])),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${randomUUID()}.json`), JSON.stringify(record));
}

/** What all tests of this run, or of all its shards, have seen so far, and the files that contain it. */
export function keptCalls(folder: string): { readonly calls: Calls; readonly files: ReadonlySet<string> } {
  const calls = new Map<string, Set<string>>();
  const files = new Set<string>();
  for (const name of globSync(`${folder}/*/*.json`)) {
    const record = JSON.parse(readFileSync(name, "utf8")) as Recorded;
    files.add(record.file);
    for (const [caller, actions] of Object.entries(record.calls)) {
      const known = calls.get(caller) ?? new Set();
      calls.set(caller, known);
      for (const action of actions) known.add(action);
    }
  }
  return { calls, files };
}
