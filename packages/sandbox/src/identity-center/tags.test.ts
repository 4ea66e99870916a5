import { describe, expect, it } from "vitest";
import { type Json, makePermissionSet, makeTestSandbox } from "../../test-support/test-sandbox.ts";

async function setUp() {
  const test = makeTestSandbox();
  const arn = await makePermissionSet(test);
  const call = (operation: string, body: Json = {}) => test.sso(operation, { ResourceArn: arn, ...body });
  const tags = async (ResourceArn = arn) => (await call("ListTagsForResource", { ResourceArn })).body["Tags"];
  return { ...test, arn, call, tags };
}

describe("tags", () => {
  it("are put on a permission set, changed and taken off", async () => {
    const { call, tags } = await setUp();
    await call("TagResource", {
      Tags: [
        { Key: "team", Value: "a" },
        { Key: "stage", Value: "" },
      ],
    });
    await call("TagResource", { Tags: [{ Key: "team", Value: "b" }] });
    expect(await tags()).toEqual([
      { Key: "team", Value: "b" },
      { Key: "stage", Value: "" },
    ]);
    await call("UntagResource", { TagKeys: ["team", "unknown"] });
    expect(await tags()).toEqual([{ Key: "stage", Value: "" }]);
  });

  it("come with the permission set when it is created", async () => {
    const { sso, sandbox, tags } = await setUp();
    await sso("CreatePermissionSet", { Name: "Other", Tags: [{ Key: "managed-by", Value: "x" }] });
    const [, other] = sandbox.states.identityCenter.permissionSets.keys();
    expect(await tags(other)).toEqual([{ Key: "managed-by", Value: "x" }]);
  });

  it("are on the instance too", async () => {
    const { call, sandbox, tags } = await setUp();
    const ResourceArn = sandbox.states.identityCenter.instanceArn;
    await call("TagResource", { ResourceArn, Tags: [{ Key: "a", Value: "b" }] });
    expect(await tags(ResourceArn)).toEqual([{ Key: "a", Value: "b" }]);
  });

  it("do not make roles out of date", async () => {
    const { call, sandbox, arn } = await setUp();
    const revision = () => sandbox.states.identityCenter.permissionSets.get(arn)?.revision;
    const before = revision();
    await call("TagResource", { Tags: [{ Key: "a", Value: "b" }] });
    expect(revision()).toBe(before);
  });

  it("are fifty at most, and none twice", async () => {
    const { call } = await setUp();
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
    expect((await call("TagResource", { Tags })).status).toBe(200);
    expect((await call("TagResource", { Tags: [{ Key: "more", Value: "" }] })).error).toBe(
      "ServiceQuotaExceededException",
    );
    const twice = [
      { Key: "k1", Value: "a" },
      { Key: "k1", Value: "b" },
    ];
    expect((await call("TagResource", { Tags: twice })).error).toBe("ValidationException");
  });

  it("are not found on what does not exist", async () => {
    const { call, arn } = await setUp();
    const ResourceArn = `${arn.slice(0, -4)}0000`;
    expect((await call("ListTagsForResource", { ResourceArn })).error).toBe("ResourceNotFoundException");
  });
});
