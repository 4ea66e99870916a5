import type { RequestHandler } from "@landbridge/aws";
import { afterEach, describe, expect, it, vi } from "vitest";
import { objects, records } from "./ports.ts";
import { makeWiring } from "./wiring.ts";

interface Sent {
  readonly hostname: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const VARIABLES = {
  AWS_REGION: "eu-central-1",
  AWS_ENDPOINT_URL: "http://sandbox.example/aws",
  LANDBRIDGE_TABLE: "records",
  LANDBRIDGE_BUCKET: "files",
  LANDBRIDGE_TENANT_ID: "11111111-2222-4333-8444-555555555555",
  LANDBRIDGE_CLIENT_ID: "11111111-2222-4333-8444-666666666666",
};
const credentials = { accessKeyId: "somebody", secretAccessKey: "secret" };

/** Clients whose requests are recorded and refused. */
function aWiring(variables: Readonly<Record<string, string>>) {
  const sent: Sent[] = [];
  const handle = (request: Sent) => {
    sent.push(request);
    const headers = { "content-type": "application/x-amz-json-1.1" };
    const body = new TextEncoder().encode('{"__type":"AccessDeniedException"}');
    return Promise.resolve({ response: { statusCode: 400, headers, body } });
  };
  const requestHandler = { metadata: { handlerProtocol: "http/1.1" }, handle } as RequestHandler;
  return { sent, wiring: makeWiring(variables, { credentials, requestHandler }) };
}

describe("a wiring", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("has clients that go where its variables lead, as who its host says, whatever the process would have them do", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "https://elsewhere.example");
    vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", "https://elsewhere.example");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "somebody-else");
    const { sent, wiring } = aWiring(VARIABLES);

    await expect(records(wiring).get("connection", "current")).rejects.toThrow();
    await expect(objects(wiring).readText("policy/access.yaml")).rejects.toThrow();

    expect(sent).toMatchObject([
      { hostname: "sandbox.example", path: "/aws/" },
      { hostname: "sandbox.example", path: "/aws/files/policy/access.yaml" },
    ]);
    for (const { headers } of sent) expect(headers["authorization"]).toContain("Credential=somebody/");
  });

  it("finds S3 at an address of its own where the variables name one", async () => {
    const { sent, wiring } = aWiring({ ...VARIABLES, AWS_ENDPOINT_URL_S3: "http://s3.example" });

    await expect(objects(wiring).readText("policy/access.yaml")).rejects.toThrow();

    expect(sent).toMatchObject([{ hostname: "s3.example", path: "/files/policy/access.yaml" }]);
  });
});
