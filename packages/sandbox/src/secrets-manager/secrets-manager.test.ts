import { describe, expect, it } from "vitest";
import { at, type Json, makeTestSandbox, textAt } from "../../test-support/test-sandbox.ts";

async function setUp() {
  const { aws, clock } = makeTestSandbox();
  const call = (operation: string, body: Json = {}) =>
    aws("secretsmanager", operation, { SecretId: "scim", ...body });
  const created = await aws("secretsmanager", "CreateSecret", { Name: "scim", SecretString: "one" });
  const first = textAt(created.body, "VersionId");
  const stages = async () => (await call("DescribeSecret")).body["VersionIdsToStages"];
  return { aws, call, clock, first, stages, arn: textAt(created.body, "ARN") };
}

describe("secret versions", () => {
  it("are current when put, and the former one becomes previous", async () => {
    const { call, first, stages } = await setUp();
    const second = textAt((await call("PutSecretValue", { SecretString: "two" })).body, "VersionId");
    expect(await stages()).toEqual({ [first]: ["AWSPREVIOUS"], [second]: ["AWSCURRENT"] });
    const third = textAt((await call("PutSecretValue", { SecretString: "three" })).body, "VersionId");
    expect(await stages()).toEqual({ [second]: ["AWSPREVIOUS"], [third]: ["AWSCURRENT"] });
    expect((await call("GetSecretValue")).body).toMatchObject({ SecretString: "three" });
    expect((await call("GetSecretValue", { VersionStage: "AWSPREVIOUS" })).body).toMatchObject({
      SecretString: "two",
    });
    expect((await call("GetSecretValue", { VersionId: first })).body).toMatchObject({ SecretString: "one" });
  });

  it("put under a label of their own leave the current one alone, until it is moved", async () => {
    const { call, first, stages } = await setUp();
    const put = await call("PutSecretValue", { SecretString: "two", VersionStages: ["CANDIDATE"] });
    const second = textAt(put.body, "VersionId");
    expect((await call("GetSecretValue")).body).toMatchObject({ SecretString: "one" });
    const move = { VersionStage: "AWSCURRENT", MoveToVersionId: second };
    expect((await call("UpdateSecretVersionStage", move)).error).toBe("InvalidParameterException");
    await call("UpdateSecretVersionStage", { ...move, RemoveFromVersionId: first });
    expect(await stages()).toEqual({ [first]: ["AWSPREVIOUS"], [second]: ["CANDIDATE", "AWSCURRENT"] });
  });

  it("lose a label that is removed, but never the current one", async () => {
    const { call, first } = await setUp();
    const put = await call("PutSecretValue", { SecretString: "two", VersionStages: ["CANDIDATE"] });
    const VersionId = textAt(put.body, "VersionId");
    const remove = (VersionStage: string, RemoveFromVersionId: string) =>
      call("UpdateSecretVersionStage", { VersionStage, RemoveFromVersionId });
    expect((await remove("AWSCURRENT", first)).error).toBe("InvalidParameterException");
    expect((await remove("CANDIDATE", VersionId)).status).toBe(200);
    expect(at((await call("ListSecretVersionIds")).body, "Versions.length")).toBe(1);
    expect(
      at((await call("ListSecretVersionIds", { IncludeDeprecated: true })).body, "Versions.length"),
    ).toBe(2);
  });

  it("are the same one when a put is repeated, and refused when the value differs", async () => {
    const { call } = await setUp();
    const ClientRequestToken = "00000000-0000-4000-a000-000000000001";
    const put = (SecretString: string) => call("PutSecretValue", { ClientRequestToken, SecretString });
    await put("two");
    expect((await put("two")).body["VersionId"]).toBe(ClientRequestToken);
    expect((await put("three")).error).toBe("ResourceExistsException");
    expect((await call("GetSecretValue")).body).toMatchObject({ SecretString: "two" });
  });
});

describe("secrets", () => {
  it("are found by name, by ARN and by ARN without its random end", async () => {
    const { call, arn } = await setUp();
    for (const SecretId of ["scim", arn, arn.slice(0, -7)]) {
      expect((await call("GetSecretValue", { SecretId })).body).toMatchObject({ Name: "scim", ARN: arn });
    }
    expect((await call("GetSecretValue", { SecretId: "other" })).error).toBe("ResourceNotFoundException");
  });

  it("are created once by that name", async () => {
    const { aws } = await setUp();
    const { error } = await aws("secretsmanager", "CreateSecret", { Name: "scim", SecretString: "two" });
    expect(error).toBe("ResourceExistsException");
  });

  it("are created again without effect by a client that lost the answer, not with another value", async () => {
    const { aws } = makeTestSandbox();
    const ClientRequestToken = "00000000-0000-4000-a000-000000000001";
    const create = (SecretString: string, token = ClientRequestToken) =>
      aws("secretsmanager", "CreateSecret", { Name: "scim", ClientRequestToken: token, SecretString });
    const first = await create("one");
    expect((await create("one")).body).toEqual(first.body);
    expect((await create("two")).error).toBe("ResourceExistsException");
    expect((await create("one", "00000000-0000-4000-a000-000000000002")).error).toBe(
      "ResourceExistsException",
    );
  });

  it("refuse what is not imitated and name the coverage page", async () => {
    const { call, aws } = await setUp();
    const put = await call("PutSecretValue", { SecretString: "two", RotationToken: "r".repeat(36) });
    expect([put.error, put.body["Message"]]).toEqual([
      "InvalidParameterException",
      expect.stringContaining(
        "'RotationToken' in the input; see packages/sandbox/src/secrets-manager/coverage.md",
      ),
    ]);
    expect((await aws("secretsmanager", "RotateSecret", { SecretId: "scim" })).error).toBe(
      "UnknownOperationException",
    );
  });

  it("may begin without a value; the first put is then current whatever its label", async () => {
    const { aws } = makeTestSandbox();
    await aws("secretsmanager", "CreateSecret", { Name: "empty" });
    const empty = { SecretId: "empty" };
    expect((await aws("secretsmanager", "GetSecretValue", empty)).error).toBe("ResourceNotFoundException");
    const put = { ...empty, SecretString: "one", VersionStages: ["CANDIDATE"] };
    await aws("secretsmanager", "PutSecretValue", put);
    expect((await aws("secretsmanager", "GetSecretValue", empty)).body).toMatchObject({
      SecretString: "one",
    });
  });

  it("have a text or bytes, not both", async () => {
    const { call } = await setUp();
    const both = { SecretString: "a", SecretBinary: "YQ==" };
    expect((await call("PutSecretValue", both)).error).toBe("InvalidParameterException");
    expect((await call("PutSecretValue")).error).toBe("InvalidParameterException");
  });
});
