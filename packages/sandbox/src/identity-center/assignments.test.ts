import { describe, expect, it } from "vitest";
import {
  at,
  makeGroup,
  makePermissionSet,
  makeTestSandbox,
  makeUser,
  textAt,
} from "../../test-support/test-sandbox.ts";

const DEV = "222222222222";
const TEST = "333333333333";
const SUSPENDED = "444444444444";
/** Longer than any one operation takes. */
const LONG = 300_000;

async function setUp() {
  const test = makeTestSandbox();
  const PermissionSetArn = await makePermissionSet(test);
  const groupId = makeGroup(test);
  const request = { TargetType: "AWS_ACCOUNT", TargetId: DEV, PermissionSetArn, PrincipalType: "GROUP" };
  const create = (changes = {}) =>
    test.sso("CreateAccountAssignment", { ...request, PrincipalId: groupId, ...changes });
  const remove = (changes = {}) =>
    test.sso("DeleteAccountAssignment", { ...request, PrincipalId: groupId, ...changes });
  const creation = async (requestId: string) => {
    const id = { AccountAssignmentCreationRequestId: requestId };
    return (await test.sso("DescribeAccountAssignmentCreationStatus", id)).body[
      "AccountAssignmentCreationStatus"
    ];
  };
  return { ...test, test, PermissionSetArn, groupId, create, remove, creation };
}

describe("creating an assignment", () => {
  it("takes time: it is in progress first, then it is there", async () => {
    const { create, creation, clock, sandbox, groupId, PermissionSetArn } = await setUp();
    const requestId = textAt((await create()).body, "AccountAssignmentCreationStatus.RequestId");
    expect(await creation(requestId)).toMatchObject({ Status: "IN_PROGRESS" });
    expect(sandbox.assignments()).toEqual([]);
    await clock.advance(LONG);
    expect(await creation(requestId)).toMatchObject({ Status: "SUCCEEDED", TargetId: DEV });
    expect(sandbox.assignments()).toEqual([
      { accountId: DEV, permissionSetArn: PermissionSetArn, principalType: "GROUP", principalId: groupId },
    ]);
  });

  it("succeeds for what is assigned already and changes nothing", async () => {
    const { create, clock, sandbox } = await setUp();
    await create();
    await clock.advance(LONG);
    expect((await create()).status).toBe(200);
    await clock.advance(LONG);
    expect(sandbox.assignments()).toHaveLength(1);
  });

  it("updates one role at a time in an account, others in parallel", async () => {
    const { create, test, clock, sandbox } = await setUp();
    const second = makeGroup(test, "Second");
    await create();
    await create({ PrincipalId: second });
    await create({ TargetId: TEST });
    const [first, queued, elsewhere] = sandbox.states.identityCenter.operations.open();
    expect(queued?.endsAt).toBeGreaterThan(first?.endsAt ?? Number.POSITIVE_INFINITY);
    await clock.advance((first?.endsAt ?? 0) - clock.now());
    expect(sandbox.assignments().filter(({ accountId }) => accountId === DEV)).toHaveLength(1);
    expect(elsewhere?.endsAt).toBeLessThan((first?.endsAt ?? 0) + LONG);
  });

  it("ends as failed, with a reason, in an account that is not active", async () => {
    const { create, creation, clock, sandbox } = await setUp();
    const requestId = textAt(
      (await create({ TargetId: SUSPENDED })).body,
      "AccountAssignmentCreationStatus.RequestId",
    );
    await clock.advance(LONG);
    expect(await creation(requestId)).toMatchObject({
      Status: "FAILED",
      FailureReason: expect.stringContaining(SUSPENDED),
    });
    expect(sandbox.assignments()).toEqual([]);
  });

  it.each([
    ["a principal", { PrincipalId: "0000000000-00000000-0000-4000-a000-000000000000" }],
    ["an account", { TargetId: "999999999999" }],
  ])("does not find %s that does not exist", async (_what, changes) => {
    const { create } = await setUp();
    expect((await create(changes)).error).toBe("ResourceNotFoundException");
  });

  it("conflicts with the deletion of the same assignment, not of another", async () => {
    const { create, remove } = await setUp();
    await create();
    expect((await remove()).error).toBe("ConflictException");
    expect((await remove({ TargetId: TEST })).status).toBe(200);
  });

  it("conflicts with the deletion that runs, until it has ended", async () => {
    const { create, remove, clock, sandbox } = await setUp();
    await create();
    await clock.advance(LONG);
    await remove();
    expect((await create()).error).toBe("ConflictException");
    await clock.advance(LONG);
    expect(sandbox.assignments()).toEqual([]);
    expect((await create()).status).toBe(200);
  });

  it("is refused while 15 operations are outstanding, and taken again when they end", async () => {
    const { create, remove, test, clock } = await setUp();
    const groups = Array.from({ length: 16 }, (_, index) => makeGroup(test, `G${index}`));
    for (const PrincipalId of groups.slice(0, 15)) await create({ PrincipalId });
    expect((await create({ PrincipalId: groups[15] })).error).toBe("ServiceQuotaExceededException");
    expect((await remove({ TargetId: TEST })).error).toBe("ThrottlingException");
    await clock.advance(LONG);
    expect((await create({ PrincipalId: groups[15] })).status).toBe(200);
  });

  it("gives a permission set to at most 100 groups in an account", async () => {
    const { create, test, sandbox, PermissionSetArn } = await setUp();
    for (let index = 0; index < 100; index += 1) {
      const principalId = makeGroup(test, `G${index}`);
      const assignment = { accountId: DEV, permissionSetArn: PermissionSetArn, principalId };
      sandbox.states.identityCenter.roles.assign({ ...assignment, principalType: "GROUP" }, 1);
    }
    expect((await create()).error).toBe("ServiceQuotaExceededException");
    expect((await create({ PrincipalType: "USER", PrincipalId: makeUser(test) })).status).toBe(200);
  });
});

describe("deleting an assignment", () => {
  it("takes time and then the assignment is gone, also when its group is", async () => {
    const { create, remove, sandbox, clock, groupId, sso } = await setUp();
    await create();
    await clock.advance(LONG);
    expect(sandbox.assignments()).toHaveLength(1);
    const group = sandbox.states.identityStore.groups.get(groupId);
    if (group !== undefined) sandbox.states.identityStore.deleteGroup(group);
    const id = textAt((await remove()).body, "AccountAssignmentDeletionStatus.RequestId");
    expect(sandbox.assignments()).toHaveLength(1);
    await clock.advance(LONG);
    expect(sandbox.assignments()).toEqual([]);
    const status = await sso("DescribeAccountAssignmentDeletionStatus", {
      AccountAssignmentDeletionRequestId: id,
    });
    expect(at(status.body, "AccountAssignmentDeletionStatus.Status")).toBe("SUCCEEDED");
  });
});

describe("reading assignments", () => {
  it("lists operations by status, newest first", async () => {
    const { create, sso, clock } = await setUp();
    await create();
    await create({ TargetId: SUSPENDED });
    const open = await sso("ListAccountAssignmentCreationStatus", { Filter: { Status: "IN_PROGRESS" } });
    expect(at(open.body, "AccountAssignmentsCreationStatus.length")).toBe(2);
    await clock.advance(LONG);
    const failed = await sso("ListAccountAssignmentCreationStatus", { Filter: { Status: "FAILED" } });
    expect(at(failed.body, "AccountAssignmentsCreationStatus.length")).toBe(1);
    const all = await sso("ListAccountAssignmentCreationStatus");
    expect(at(all.body, "AccountAssignmentsCreationStatus.0.Status")).toBe("FAILED");
  });

  it("lists deletions apart from creations, by status too", async () => {
    const { create, remove, sso, clock } = await setUp();
    await create({ TargetId: TEST });
    await remove();
    await remove({ TargetId: SUSPENDED });
    await clock.advance(LONG);
    const ended = async (Status: string) => {
      const { body } = await sso("ListAccountAssignmentDeletionStatus", { Filter: { Status } });
      return at(body, "AccountAssignmentsDeletionStatus.length");
    };
    expect([await ended("IN_PROGRESS"), await ended("SUCCEEDED"), await ended("FAILED")]).toEqual([0, 1, 1]);
  });

  it("finds what a user has through a group", async () => {
    const { create, sso, clock, test, sandbox, groupId } = await setUp();
    const userId = makeUser(test);
    sandbox.states.identityStore.addMember(groupId, userId);
    await create();
    await clock.advance(LONG);
    const { body } = await sso("ListAccountAssignmentsForPrincipal", {
      PrincipalType: "USER",
      PrincipalId: userId,
    });
    expect(at(body, "AccountAssignments.0")).toMatchObject({ AccountId: DEV, PrincipalId: groupId });
  });

  it("lists the assignments of one permission set in one account", async () => {
    const { create, sso, clock, PermissionSetArn, groupId } = await setUp();
    await create();
    await clock.advance(LONG);
    const inDev = await sso("ListAccountAssignments", { PermissionSetArn, AccountId: DEV });
    expect(at(inDev.body, "AccountAssignments.0.PrincipalId")).toBe(groupId);
    const inTest = await sso("ListAccountAssignments", { PermissionSetArn, AccountId: TEST });
    expect(inTest.body).toEqual({ AccountAssignments: [] });
  });
});
