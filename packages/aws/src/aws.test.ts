import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { makeAws } from "./aws.ts";
import { fakeClock } from "../test-support/fake-aws.ts";
import { INSTANCE, REGION } from "../test-support/sample-instance.ts";
import { tableDefinition } from "./table.ts";

const OPTIONS = { region: REGION, tableName: "landbridge", bucketName: "landbridge-files" };

describe("the ports on AWS", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("speak to the endpoint that the environment names, below its path", async () => {
    const paths: string[] = [];
    const server = createServer((request, response) => {
      paths.push(`${request.method} ${request.url} ${String(request.headers["x-amz-target"])}`);
      response.setHeader("content-type", "application/x-amz-json-1.1").end('{"Groups":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      vi.stubEnv("AWS_ENDPOINT_URL_IDENTITYSTORE", `http://127.0.0.1:${port}/identitystore`);
      const { identityStore } = makeAws({ ...OPTIONS, clock: fakeClock() });
      expect(await identityStore.listGroups(INSTANCE.identityStoreId)).toEqual([]);
      expect(paths).toEqual(["POST /identitystore/ AWSIdentityStore.ListGroups"]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it("say ServiceUnavailable when nobody listens there", async () => {
    // Port 9 (discard): nothing is ever served on it.
    vi.stubEnv("AWS_ENDPOINT_URL_IDENTITYSTORE", "http://127.0.0.1:9");
    const { identityStore } = makeAws({ ...OPTIONS, clock: fakeClock() });
    await expect(identityStore.listGroups(INSTANCE.identityStoreId)).rejects.toMatchObject({
      name: "ServiceUnavailable",
      message: expect.stringContaining("No answer to identitystore:ListGroups") as string,
    });
  });

  it("come with the definition of their table", () => {
    const { KeySchema, AttributeDefinitions, ...rest } = tableDefinition("landbridge");
    expect(rest).toEqual({ TableName: "landbridge", BillingMode: "PAY_PER_REQUEST" });
    expect(KeySchema?.map(({ AttributeName }) => AttributeName)).toEqual(["pk", "sk"]);
    expect(AttributeDefinitions).toHaveLength(2);
  });
});
