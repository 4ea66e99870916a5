import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeWiring, type Wiring } from "../../functions/_shared/wiring.ts";
import { bundleFunctions } from "../../infra/bundle.ts";
import { ROOT } from "./synthesis.ts";

/** The part of a Lambda context that a step uses. */
interface Context {
  getRemainingTimeInMillis(): number;
  /** Absent: the function creates its own from its environment. */
  readonly wiring?: Wiring;
}
type Handler = (event: unknown, context: Context) => Promise<unknown>;

interface Refusal {
  readonly step: string;
  readonly event: unknown;
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly meansTo: string;
}

const json = { status: 400, type: "application/x-amz-json-1.1" };

/** One of each protocol, with errors that the product distinguishes by name. */
const REFUSALS: readonly Refusal[] = [
  {
    step: "sync-access/load-policy",
    event: { request: { scope: "full", mode: "plan" } },
    status: 404,
    type: "application/xml",
    body: "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
    meansTo: "PolicyMissing",
  },
  {
    step: "sync-access/read-organization",
    event: { needsTags: false },
    ...json,
    body: JSON.stringify({ __type: "AccessDeniedException", Message: "not you" }),
    meansTo: "AccessDenied",
  },
  {
    step: "drain-changes/abandon-changes",
    event: { executionArn: "arn:aws:states:eu-central-1:111122223333:execution:drain-changes:a" },
    ...json,
    body: JSON.stringify({ __type: "com.amazonaws.dynamodb.v20120810#AccessDeniedException", message: "no" }),
    meansTo: "AccessDenied",
  },
];

describe("an error of AWS", () => {
  const folder = mkdtempSync(`${tmpdir()}/landbridge-bundles-`);
  let server: Server;
  let refusal: Refusal;
  let variables: Record<string, string>;

  beforeAll(async () => {
    await bundleFunctions(
      ROOT,
      REFUSALS.map(({ step }) => step),
      folder,
    );
    server = createServer((_, response) => {
      response.writeHead(refusal.status, { "content-type": refusal.type }).end(refusal.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    variables = {
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      LANDBRIDGE_TABLE: "records",
      LANDBRIDGE_BUCKET: "files",
      LANDBRIDGE_TENANT_ID: "11111111-2222-4333-8444-555555555555",
      LANDBRIDGE_CLIENT_ID: "11111111-2222-4333-8444-666666666666",
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  });

  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it.each(REFUSALS)("is the same to $step when bundled: $meansTo", async (case_) => {
    refusal = case_;
    const { step, event } = refusal;
    const source = await failureOf(`${ROOT}functions/${step}.ts`, event, { wiring: makeWiring(variables) });
    const bundled = await failureOf(`${folder}/${step}/index.mjs`, event);
    expect(source.name).toBe(refusal.meansTo);
    expect({ name: bundled.name, message: bundled.message }).toEqual({
      name: source.name,
      message: source.message,
    });
  });
});

async function failureOf(file: string, event: unknown, given: Pick<Context, "wiring"> = {}): Promise<Error> {
  const { handler } = (await import(pathToFileURL(file).href)) as { handler: Handler };
  return handler(event, { getRemainingTimeInMillis: () => 60_000, ...given }).then(
    () => expect.fail(`${file} did not fail`),
    (error: Error) => error,
  );
}
