import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { makeTestScim } from "../../test-support/scim-client.ts";
import { at } from "../../test-support/test-sandbox.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const SAMPLE = fileURLToPath(new URL("../../../../../shared/contracts/scim/schemas.json", import.meta.url));

describe("what the SCIM endpoint says about itself", () => {
  it("has three schemas, and each alone", async () => {
    const { send } = makeTestScim();
    const { body } = await send("GET", "/Schemas");
    expect(body).toMatchObject({ totalResults: 3, itemsPerPage: 3, startIndex: 1 });
    for (const schema of at(body, "Resources") as Record<string, unknown>[]) {
      expect((await send("GET", `/Schemas/${String(schema["id"])}`)).body).toEqual(schema);
    }
    expect((await send("GET", `/Schemas/${encodeURIComponent(USER)}`)).status).toBe(200);
  });

  it("refuses to show a schema that there is not", async () => {
    expect((await makeTestScim().send("GET", "/Schemas/urn:other")).status).toBe(400);
  });

  it("has users, with the enterprise extension, and groups", async () => {
    const { body } = await makeTestScim().send("GET", "/ResourceTypes");
    expect(at(body, "Resources")).toMatchObject([
      { id: "User", endpoint: "/Users", schema: USER, schemaExtensions: [{ required: true }] },
      { id: "Group", endpoint: "/Groups" },
    ]);
  });

  it.skipIf(!existsSync(SAMPLE))(
    "has the attributes of AWS's sample (skipped without ../shared/contracts)",
    async () => {
      const sample = JSON.parse(readFileSync(SAMPLE, "utf8")) as { body: unknown };
      const { body } = await makeTestScim().send("GET", "/Schemas");
      expect(body).toEqual(sample.body);
    },
  );
});
