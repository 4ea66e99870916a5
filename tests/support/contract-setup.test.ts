import { contractFolders, contractLayer, WITHOUT_CONTRACTS } from "@landbridge/contract-check";
import { describe, it } from "vitest";

async function call(body: string): Promise<void> {
  const layered = contractLayer("client")("sso-admin", { fetch: () => Response.json({ Instances: [] }) });
  const headers = { "x-amz-target": "SWBExternalService.ListInstances" };
  await layered.fetch(new Request("http://127.0.0.1/", { method: "POST", headers, body }));
}

describe.skipIf(contractFolders.aws === null)(`a test (${WITHOUT_CONTRACTS.aws})`, () => {
  it.fails("fails when a request in it breaks the contract, though it expects nothing", async () => {
    await call('{"Colour":"red"}');
  });

  it("passes when nothing does", async () => {
    await call("{}");
  });
});
