import { describe, expect, it } from "vitest";
import { contractFolders, WITHOUT_CONTRACTS } from "../places.ts";
import { judge, target } from "../../test-support/judge.ts";

const SSO = "SWBExternalService";
const KEY = {
  InstanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
  PermissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef",
};
const CREATE = { InstanceArn: KEY.InstanceArn, Name: "Admin" };
const SET = {
  PermissionSet: { Name: "Admin", PermissionSetArn: KEY.PermissionSetArn, CreatedDate: 1_760_000_000.5 },
};
const create = (changes: object) => target(`${SSO}.CreatePermissionSet`, { ...CREATE, ...changes });

function error(name: string, status = 400, more: object = {}): Response {
  return Response.json({ __type: name, Message: "no", ...more }, { status });
}

function putItem(value: unknown) {
  return target("DynamoDB_20120810.PutItem", { TableName: "table", Item: { deep: value } });
}

describe.skipIf(contractFolders.aws === null)(`AWS JSON requests (${WITHOUT_CONTRACTS.aws})`, () => {
  it("lets a request pass that fits the input shape", async () => {
    expect(await judge("sso-admin", create({}), { answer: SET })).toEqual([]);
  });

  it.each([
    ["a missing member", { Name: undefined }, "$: must have required property 'Name'"],
    ["a text that is too long", { Name: "x".repeat(33) }, "$.Name: must NOT have more than 32 characters"],
    ["a text outside of the pattern", { Name: "no spaces" }, "$.Name: must match the pattern [\\w+=,.@-]+"],
    ["a number for a text", { Description: 7 }, "$.Description: must be string"],
    ["null for a text", { Description: null }, "$.Description: must be string"],
    ["a member that the shape has not", { Colour: "red" }, "$: has no member 'Colour'"],
    ["an error deep in a list", { Tags: [{ Key: "a" }] }, "$.Tags[0]: must have required property 'Value'"],
    [
      "a list that is too long",
      { Tags: Array.from({ length: 76 }, () => ({ Key: "a", Value: "b" })) },
      "$.Tags: must NOT have more than 75 items",
    ],
  ])("finds %s", async (_, changes, problem) => {
    expect(await judge("sso-admin", create(changes), { answer: SET })).toEqual([
      `CreatePermissionSet request ${problem}`,
    ]);
  });

  it("finds a value that is not in the enumeration, and a number out of range", async () => {
    const body = { ...KEY, AccountId: "222222222222", MaxResults: 101 };
    expect(await judge("sso-admin", target(`${SSO}.ListAccountAssignments`, body))).toEqual([
      "ListAccountAssignments request $.MaxResults: must be <= 100",
    ]);
    const wrong = { InstanceArn: KEY.InstanceArn, Filter: { Status: "DONE" } };
    expect(await judge("sso-admin", target(`${SSO}.ListAccountAssignmentCreationStatus`, wrong))).toEqual([
      "ListAccountAssignmentCreationStatus request $.Filter.Status: must be one of IN_PROGRESS, FAILED, SUCCEEDED",
    ]);
  });

  it("takes exactly one member of a union", async () => {
    const body = {
      IdentityStoreId: "d-1234567890",
      MemberId: {},
      GroupIds: ["1234567890-11111111-2222-3333-4444-555555555555"],
    };
    const result = await judge("identitystore", target("AWSIdentityStore.IsMemberInGroups", body), {
      answer: { Results: [] },
    });
    expect(result).toEqual(["IsMemberInGroups request $.MemberId: must NOT have fewer than 1 properties"]);
  });

  it("follows shapes that contain themselves", async () => {
    expect(await judge("dynamodb", putItem({ L: [{ M: { a: { S: "x" } } }] }))).toEqual([]);
    expect(await judge("dynamodb", putItem({ L: [{ M: { a: { S: 1 } } }] }))).toEqual([
      "PutItem request $.Item.deep.L[0].M.a.S: must be string",
    ]);
  });

  it("finds a body that is not JSON, and an operation that does not exist", async () => {
    expect(await judge("sso-admin", target(`${SSO}.ListInstances`, "{"))).toEqual([
      "ListInstances request $: is not JSON",
    ]);
    expect(await judge("sso-admin", target(`${SSO}.MakeTea`))).toEqual([
      `${SSO}.MakeTea request $: the contract has no such operation`,
    ]);
  });
});

describe.skipIf(contractFolders.aws === null)(`AWS JSON answers (${WITHOUT_CONTRACTS.aws})`, () => {
  const list = target(`${SSO}.ListPermissionSets`, { InstanceArn: KEY.InstanceArn });

  it.each([
    ["an unknown member", { PermissionSets: [], Next: "x" }, "$: has no member 'Next'"],
    ["a wrong type", { PermissionSets: "none" }, "$.PermissionSets: must be array"],
    [
      "a status that is no success of the service",
      Response.json({}, { status: 201 }),
      "status: is 201, not 200",
    ],
    ["no body at all", new Response(null), "$: is empty, not JSON"],
  ])("finds %s", async (_, answer, problem) => {
    expect(await judge("sso-admin", list, { answer })).toEqual([`ListPermissionSets response ${problem}`]);
  });

  it("finds a time that is a text", async () => {
    const answer = { PermissionSet: { ...SET.PermissionSet, CreatedDate: "2026-01-01T00:00:00Z" } };
    expect(await judge("sso-admin", create({}), { answer })).toEqual([
      "CreatePermissionSet response $.PermissionSet.CreatedDate: must be number",
    ]);
  });

  it("knows what an operation without output answers", async () => {
    const tag = target(`${SSO}.DeletePermissionSet`, KEY);
    expect(await judge("sso-admin", tag, { answer: {} })).toEqual([]);
    expect(await judge("sso-admin", tag, { answer: { Deleted: true } })).toEqual([
      "DeletePermissionSet response $: has no member 'Deleted'",
    ]);
  });

  it("takes declared errors, in both spellings of the message and with a name in a namespace", async () => {
    for (const answer of [
      error("ThrottlingException"),
      Response.json({ __type: "com.amazonaws.sso#ThrottlingException", message: "no" }, { status: 400 }),
      Response.json(
        { message: "no" },
        { status: 400, headers: { "x-amzn-errortype": "ThrottlingException:http://x/" } },
      ),
    ]) {
      expect(await judge("sso-admin", list, { answer })).toEqual([]);
    }
  });

  it.each([
    [
      "an error of another service",
      error("TooManyRequestsException"),
      "$.__type: the operation declares no error TooManyRequestsException",
    ],
    [
      "an error with another status",
      error("ValidationException", 404),
      "status: ValidationException is 400, not 404",
    ],
    [
      "a member that the error has not",
      error("ValidationException", 400, { Hint: "x" }),
      "$: has no member 'Hint'",
    ],
    [
      "a refusal without a name",
      Response.json({ Message: "no" }, { status: 400 }),
      "$: is an answer 400 that names no error",
    ],
  ])("finds %s", async (_, answer, problem) => {
    expect(await judge("sso-admin", list, { answer })).toEqual([`ListPermissionSets response ${problem}`]);
  });

  it("allows the errors that a service may answer to anything, and holds others to their own", async () => {
    expect(await judge("sso-admin", list, { answer: error("UnrecognizedClientException", 403) })).toEqual([]);
    const start = target("AWSStepFunctions.StopExecution", { executionArn: "arn" });
    expect(await judge("states", start, { answer: error("ThrottlingException") })).toEqual([]);
    const accounts = target("AWSOrganizationsV20161128.ListAccounts");
    expect(await judge("organizations", accounts, { answer: error("ThrottlingException") })).toEqual([
      "ListAccounts response $.__type: the operation declares no error ThrottlingException",
    ]);
  });
});
