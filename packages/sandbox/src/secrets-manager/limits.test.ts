import { describe, expect, it } from "vitest";
import { at, type Json, makeTestSandbox, textAt } from "../../test-support/test-sandbox.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function setUp() {
  const { aws, clock } = makeTestSandbox();
  const call = (operation: string, body: Json = {}) =>
    aws("secretsmanager", operation, { SecretId: "scim", ...body });
  const created = await aws("secretsmanager", "CreateSecret", { Name: "scim", SecretString: "0" });
  const names = async (body: Json = {}) => {
    const answer = await aws("secretsmanager", "ListSecrets", body);
    return (at(answer.body, "SecretList") as Json[]).map(({ Name }) => Name);
  };
  return { aws, call, clock, names, first: textAt(created.body, "VersionId") };
}

describe("a secret", () => {
  it("has a value of 65,536 bytes at most, however many characters that are", async () => {
    const { call } = await setUp();
    const put = async (SecretString: string) => (await call("PutSecretValue", { SecretString })).status;
    expect([await put("a".repeat(65_536)), await put("a".repeat(65_537))]).toEqual([200, 400]);
    expect([await put("é".repeat(32_768)), await put("é".repeat(32_769))]).toEqual([200, 400]);
  });

  it("has a hundred versions in a day at most", async () => {
    const { call, clock } = await setUp();
    for (let value = 1; value < 100; value += 1) await call("PutSecretValue", { SecretString: `${value}` });
    expect((await call("PutSecretValue", { SecretString: "late" })).error).toBe("LimitExceededException");
    expect((await call("GetSecretValue")).body).toMatchObject({ SecretString: "99" });
    await clock.advance(DAY);
    expect((await call("PutSecretValue", { SecretString: "late" })).status).toBe(200);
  });

  it("loses its oldest version without a label when it has a hundred", async () => {
    const { call, clock, first } = await setUp();
    for (let value = 1; value < 100; value += 1) {
      await call("PutSecretValue", { SecretString: `${value}` });
      await clock.advance(HOUR);
    }
    expect((await call("GetSecretValue", { VersionId: first })).status).toBe(200);
    await call("PutSecretValue", { SecretString: "next" });
    expect((await call("GetSecretValue", { VersionId: first })).error).toBe("ResourceNotFoundException");
    expect((await call("GetSecretValue", { VersionStage: "AWSPREVIOUS" })).body).toMatchObject({
      SecretString: "99",
    });
  });

  it("has twenty labels on a version at most", async () => {
    const { call, first } = await setUp();
    const label = (VersionStage: string) =>
      call("UpdateSecretVersionStage", { VersionStage, MoveToVersionId: first });
    for (let count = 2; count <= 20; count += 1) expect((await label(`L${count}`)).status).toBe(200);
    expect((await label("L21")).error).toBe("LimitExceededException");
  });

  it("may have a version pending next to the current one, which a promotion makes current", async () => {
    const { call, first } = await setUp();
    const put = { SecretString: "1", VersionStages: ["AWSPENDING"] };
    const pending = textAt((await call("PutSecretValue", put)).body, "VersionId");
    const current = async () => (await call("GetSecretValue")).body["SecretString"];
    expect(await current()).toBe("0");
    const promote = { VersionStage: "AWSCURRENT", MoveToVersionId: pending, RemoveFromVersionId: first };
    await call("UpdateSecretVersionStage", promote);
    expect(await current()).toBe("1");
    expect((await call("DescribeSecret")).body["VersionIdsToStages"]).toEqual({
      [first]: ["AWSPREVIOUS"],
      [pending]: ["AWSPENDING", "AWSCURRENT"],
    });
  });
});

describe("a deleted secret", () => {
  it("has no value any more, can be restored, and is gone after its window", async () => {
    const { call, clock, names } = await setUp();
    const deleted = await call("DeleteSecret", { RecoveryWindowInDays: 7 });
    expect(at(deleted.body, "DeletionDate")).toBe((clock.now() + 7 * DAY) / 1000);
    expect((await call("GetSecretValue")).error).toBe("InvalidRequestException");
    expect((await call("DescribeSecret")).body).toHaveProperty("DeletedDate");
    expect([await names(), await names({ IncludePlannedDeletion: true })]).toEqual([[], ["scim"]]);
    await call("RestoreSecret");
    expect((await call("GetSecretValue")).body).toMatchObject({ SecretString: "0" });
    await call("DeleteSecret", { RecoveryWindowInDays: 7 });
    await clock.advance(7 * DAY);
    expect((await call("DescribeSecret")).error).toBe("ResourceNotFoundException");
  });

  it("keeps its name until it is gone, and goes at once when forced", async () => {
    const { aws, call } = await setUp();
    const create = () => aws("secretsmanager", "CreateSecret", { Name: "scim" });
    await call("DeleteSecret");
    expect((await create()).error).toBe("InvalidRequestException");
    await call("DeleteSecret", { ForceDeleteWithoutRecovery: true });
    expect((await create()).status).toBe(200);
  });

  it.each([
    ["a window of less than seven days", { RecoveryWindowInDays: 6 }],
    ["a window without recovery", { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }],
  ])("is not deleted with %s", async (_what, body) => {
    const { call } = await setUp();
    expect((await call("DeleteSecret", body)).error).toBe("InvalidParameterException");
    expect((await call("GetSecretValue")).status).toBe(200);
  });
});

describe("the list of secrets", () => {
  it("comes page by page, and refuses filters that are not imitated", async () => {
    const { aws, names } = await setUp();
    await aws("secretsmanager", "CreateSecret", { Name: "other" });
    const first = await aws("secretsmanager", "ListSecrets", { MaxResults: 1 });
    expect(await names({ NextToken: textAt(first.body, "NextToken") })).toEqual(["other"]);
    const Filters = [{ Key: "name", Values: ["scim"] }];
    expect((await aws("secretsmanager", "ListSecrets", { Filters })).error).toBe("InvalidParameterException");
  });
});
