import { describe, expect, it } from "vitest";
import type { AwsBehaviour } from "../aws-json/aws-behaviour.ts";
import { callAs, makeSandboxLike } from "../../test-support/call-as.ts";
import { type Json, textAt } from "../../test-support/test-sandbox.ts";

const DEV = "222222222222";
const SUSPENDED = "444444444444";

async function setUp(behaviour: Partial<AwsBehaviour> = {}) {
  const { sandbox, clock } = makeSandboxLike({}, behaviour);
  const { identityCenter, scim } = sandbox.states;
  const sso = (operation: string, body: Json = {}) =>
    callAs(sandbox, "sandbox")("sso-admin", operation, { InstanceArn: identityCenter.instanceArn, ...body });
  const { body } = await sso("CreatePermissionSet", { Name: "Admin" });
  const PermissionSetArn = textAt(body, "PermissionSet.PermissionSetArn");
  const base = new URL(scim.enable()).pathname;
  const headers = { authorization: `Bearer ${scim.createToken().token}` };
  const createGroup = async (displayName: string) => {
    const request = { method: "POST", headers, body: JSON.stringify({ displayName }) };
    const response = await sandbox.fetch(new Request(`http://127.0.0.1/scim${base}/Groups`, request));
    return textAt(await response.json(), "id");
  };
  const create = (PrincipalId: string, TargetId = DEV) =>
    sso("CreateAccountAssignment", {
      PermissionSetArn,
      TargetId,
      TargetType: "AWS_ACCOUNT",
      PrincipalType: "GROUP",
      PrincipalId,
    });
  return { sandbox, clock, sso, create, createGroup };
}

describe("a group that SCIM has just made", () => {
  it("is not found by Identity Center until it has propagated", async () => {
    const { create, createGroup, sso, clock } = await setUp();
    const PrincipalId = await createGroup("Admins");
    const list = () => sso("ListAccountAssignmentsForPrincipal", { PrincipalType: "GROUP", PrincipalId });
    expect((await create(PrincipalId)).error).toBe("ResourceNotFoundException");
    expect((await list()).error).toBe("ResourceNotFoundException");
    await clock.advance(2000);
    expect((await create(PrincipalId)).status).toBe(200);
    expect((await list()).status).toBe(200);
  });

  it("is in the identity store at once", async () => {
    const { createGroup, sandbox } = await setUp();
    const GroupId = await createGroup("Admins");
    const { identityStoreId: IdentityStoreId } = sandbox.states.identityStore;
    const { status } = await callAs(sandbox, "sandbox")("identitystore", "DescribeGroup", {
      IdentityStoreId,
      GroupId,
    });
    expect(status).toBe(200);
  });

  it("propagates as slowly as the sandbox is told to", async () => {
    const { create, createGroup, clock } = await setUp({ principalLagMilliseconds: 60_000 });
    const PrincipalId = await createGroup("Admins");
    await clock.advance(59_999);
    expect((await create(PrincipalId)).error).toBe("ResourceNotFoundException");
    await clock.advance(1);
    expect((await create(PrincipalId)).status).toBe(200);
  });
});

describe("the time of an assignment", () => {
  it("is three seconds in the mean, and never the same", async () => {
    const { sandbox } = await setUp();
    const { operations } = sandbox.states.identityCenter;
    const accounts = Array.from({ length: 400 }, (_, index) => String(index));
    for (const id of accounts) sandbox.states.organization.accounts.set(id, { ...anAccount(), id });
    const assignment = { permissionSetArn: "", principalType: "GROUP", principalId: "" } as const;
    const times = accounts.map((accountId) => {
      const work = { kind: "create", assignment: { ...assignment, accountId } } as const;
      const { createdAt, endsAt } = operations.start(work, [accountId]);
      return endsAt - createdAt;
    });
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    expect(mean).toBeGreaterThan(2500);
    expect(mean).toBeLessThan(3500);
    expect(new Set(times).size).toBe(times.length);
  });

  it("is what the sandbox is told", async () => {
    const { create, sandbox, clock } = await setUp({ roleUpdateMilliseconds: () => 7000 });
    const group = sandbox.states.identityStore.createGroup({ displayName: "Admins" });
    await create(group.id);
    await clock.advance(6999);
    expect(sandbox.assignments()).toHaveLength(0);
    await clock.advance(1);
    expect(sandbox.assignments()).toHaveLength(1);
  });

  it("is longer in a suspended account, and ends with AWS's reason", async () => {
    const { create, sso, sandbox, clock } = await setUp({ roleUpdateMilliseconds: () => 1 });
    const group = sandbox.states.identityStore.createGroup({ displayName: "Admins" });
    const requestId = textAt(
      (await create(group.id, SUSPENDED)).body,
      "AccountAssignmentCreationStatus.RequestId",
    );
    const status = async () => {
      const request = { AccountAssignmentCreationRequestId: requestId };
      const { body } = await sso("DescribeAccountAssignmentCreationStatus", request);
      return body["AccountAssignmentCreationStatus"];
    };
    await clock.advance(1);
    expect(await status()).toMatchObject({ Status: "IN_PROGRESS" });
    await clock.advance(300_000);
    expect(await status()).toMatchObject({
      Status: "FAILED",
      FailureReason: `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${SUSPENDED}' takes longer than usual.`,
    });
  });
});

function anAccount() {
  const place = { parentId: "r-0000", tags: {}, joinedAt: 0 };
  return { name: "A", email: "a@example.com", state: "ACTIVE" as const, ...place };
}
