import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import type { AssignmentChange, Plan } from "../plan/plan.ts";
import { aPlan, arnOf, stored } from "../../test-support/sample-plan.ts";
import { anOrganization, CLOSED, LAB, PAYMENTS, SHOP } from "../../test-support/sample-world.ts";
import type { IdentityCenter } from "../ports/identity-center.ts";
import { PacedInstance } from "../../test-support/paced-instance.ts";
import { verifyAccess } from "./verify-access.ts";
import type { VerifiedAccess } from "./verified-access.ts";

function change(action: "create" | "delete", accountId: string, group: number): AssignmentChange {
  const { externalId, principalId, name } = stored(group);
  return {
    action,
    accountId,
    accountName: accountId,
    permissionSet: "Admin",
    principal: { type: "GROUP", directoryId: externalId, principalId, name },
    reason: { rule: null, where: null, text: "test" },
  };
}

interface World {
  readonly plan: Partial<Plan> & Pick<Plan, "assignments">;
  /** The instance's assignments, `[account, group]`. */
  readonly has?: readonly (readonly [string, number])[];
  /** Accounts whose role of Admin is out of date. */
  readonly outdated?: readonly string[];
  readonly failedRoles?: readonly string[];
  readonly failed?: readonly AssignmentChange[];
  readonly groups?: readonly number[];
  readonly mayListByPrincipal?: boolean;
  readonly sliceSeconds?: number;
}

/** Verifies to the end, in as many invocations as it takes. */
async function verify({ plan, has = [], outdated = [], failedRoles = [], ...more }: World) {
  const clock = new VirtualClock();
  const paced = new PacedInstance(
    {
      permissionSets: new Map([["Admin", arnOf("Admin")]]),
      assignments: has.map(([accountId, group]) => ({
        accountId,
        permissionSetArn: arnOf("Admin"),
        principalType: "GROUP",
        principalId: `store-${group}`,
      })),
      principals: (more.groups ?? [1, 2, 3]).map(stored),
      mayListByPrincipal: more.mayListByPrincipal ?? true,
    },
    clock,
  );
  const identityCenter = {
    ...paced.identityCenter,
    listOutdatedAccounts: async () => outdated,
  } as unknown as IdentityCenter;
  let earlier: VerifiedAccess | null = null;
  const invocations: number[] = [];
  do {
    const from = clock.now();
    earlier = await verifyAccess(
      {
        plan: { ...aPlan(plan.assignments), ...plan },
        assignments: { failed: (more.failed ?? []).map((change) => ({ change, reason: "no" })) },
        roles: {
          failed: failedRoles.map((accountId) => ({
            permissionSet: "Admin",
            accountId,
            accountName: accountId,
            reason: "broken",
          })),
        },
        arns: { Admin: arnOf("Admin") },
        organization: anOrganization(),
        earlier,
        deadline: from + (more.sliceSeconds ?? 660) * 1000,
      },
      {
        identityCenter,
        identityStore: paced.identityStore,
        clock,
        settings: { manageManagementAccount: false, breakGlass: { principalIds: [], permissionSets: [] } },
      },
    );
    invocations.push((clock.now() - from) / 1000);
  } while (earlier.remaining > 0);
  return { ...earlier, invocations };
}

const ROLE = {
  permissionSet: "Admin",
  arn: arnOf("Admin"),
  accountId: LAB,
  accountName: "Lab",
  reason: "old",
};

describe("verifying access", () => {
  it.each([
    ["by principal", true],
    ["by place, where listing by principal is not allowed", false],
  ])("finds everything as it was reported (%s)", async (_, mayListByPrincipal) => {
    const assignments = [change("delete", PAYMENTS, 1), change("create", SHOP, 1), change("create", LAB, 1)];
    const has = [
      [SHOP, 1],
      [LAB, 1],
      [PAYMENTS, 2],
    ] as const;
    const { verified, isByPlace } = await verify({ plan: { assignments }, has, mayListByPrincipal });
    expect({ verified, isByPlace }).toEqual({ verified: 3, isByPlace: !mayListByPrincipal });
  });

  it.each([true, false])(
    "names what is not as it was reported (by principal: %s)",
    async (mayListByPrincipal) => {
      const assignments = [
        change("delete", PAYMENTS, 1),
        change("create", SHOP, 1),
        change("create", LAB, 1),
      ];
      const has = [
        [PAYMENTS, 1],
        [LAB, 1],
      ] as const;
      await expect(verify({ plan: { assignments }, has, mayListByPrincipal })).rejects.toMatchObject({
        name: "VerificationFailed",
        message: expect.stringMatching(
          /^2 changes .*delete Admin for Group 1 in 2+, create Admin for Group 1 in 3+$/,
        ) as string,
      });
    },
  );

  it("looks at the places of a principal that is gone from the store", async () => {
    const assignments = [change("delete", SHOP, 9), change("delete", LAB, 9)];
    expect(await verify({ plan: { assignments } })).toMatchObject({ verified: 2 });
    await expect(verify({ plan: { assignments }, has: [[LAB, 9]] })).rejects.toMatchObject({
      name: "VerificationFailed",
    });
  });

  it("leaves out what failed, and believes a deletion whose permission set is gone too", async () => {
    const failed = change("create", LAB, 1);
    const ofGoneSet = { ...change("delete", SHOP, 1), permissionSet: "Old" };
    expect(await verify({ plan: { assignments: [failed, ofGoneSet] }, failed: [failed] })).toMatchObject({
      verified: 1,
    });
  });

  it("finds a role that is still out of date, unless it was reported or is not to be touched", async () => {
    const plan = { assignments: [], provisioning: [ROLE] };
    expect(await verify({ plan })).toMatchObject({ verified: 1 });
    expect(await verify({ plan, outdated: [LAB, CLOSED], failedRoles: [LAB] })).toMatchObject({
      verified: 1,
    });
    await expect(verify({ plan, outdated: [LAB] })).rejects.toMatchObject({
      name: "VerificationFailed",
      message: expect.stringContaining("the role of Admin in Lab is out of date") as string,
    });
  });

  it.each([true, false])(
    "stops at its deadline and continues where it stopped (by principal: %s)",
    async (isManagement) => {
      const groups = Array.from({ length: 300 }, (_, index) => index + 1);
      const assignments = groups.map((group) => change("create", String(100_000_000_000 + group), group));
      const { verified, invocations } = await verify({
        plan: { assignments: [...assignments, ...groups.map((group) => change("create", LAB, group))] },
        has: groups.flatMap((group) => [
          [String(100_000_000_000 + group), group] as const,
          [LAB, group] as const,
        ]),
        groups,
        mayListByPrincipal: isManagement,
        sliceSeconds: 5,
      });
      expect(verified).toBe(600);
      expect(invocations.length).toBeGreaterThan(2);
      expect(Math.max(...invocations)).toBeLessThan(6);
    },
  );
});
