import { describe, expect, it } from "vitest";
import type { FlowEventCode } from "../events.ts";
import { FlowError } from "../errors.ts";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import type { Executions, ExecutionStatus } from "../ports/executions.ts";
import { claimChanges, clearChanges, abandonChanges, type Claim } from "./claim-changes.ts";
import { listDirty } from "./dirty-set.ts";
import { markChanges } from "./mark-changes.ts";
import { recordPolicyVersion } from "../policy-versions/policy-version.ts";
import { pauseSync } from "../sync-access/pause.ts";

const MINUTE = 60_000;
const SETTINGS = {
  policyKey: "policy/access.yaml",
  ownRolePrefix: "landbridge-",
  guardrails: {
    maxDeletions: 50,
    maxDeletionPercent: 20,
    deletionsPerDay: 200,
    approveAbove: { assignments: null, accounts: null },
    paused: false,
  },
};
const WITHOUT_USERS = `version: 1
permissionSets: { Look: { awsManagedPolicies: [ReadOnlyAccess] } }
rules: [{ name: look, groups: [Ops], permissionSets: [Look], targets: { ou: [/] } }]
`;

function aWorld(policy = WITHOUT_USERS) {
  let now = Date.parse("2026-03-02T10:00:10Z");
  let ids = 0;
  const started: { name: string | undefined; claimAt: string }[] = [];
  const statuses = new Map<string, ExecutionStatus>();
  const seen: FlowEventCode[] = [];
  const executions: Pick<Executions, "start" | "status"> = {
    start: async (_flow, input, name = "") => {
      if (statuses.get(name) === "SUCCEEDED") throw new FlowError("ExecutionConflict", name);
      if (!started.some((start) => start.name === name))
        started.push({ name, ...(input as { claimAt: string }) });
      return name;
    },
    status: async (arn) => {
      const status = statuses.get(arn);
      if (status === undefined) throw new FlowError("ExecutionNotFound", arn);
      return status;
    },
  };
  const ports = {
    records: new MemoryRecords(),
    executions,
    objects: new MemoryObjects({ [SETTINGS.policyKey]: policy }),
    clock: { now: () => now, sleep: async () => undefined },
    newId: () => `id-${(ids += 1)}`,
    events: { emit: (code: FlowEventCode) => void seen.push(code) },
    settings: SETTINGS,
  };
  return {
    ports,
    started,
    statuses,
    seen,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    group: (id: string) =>
      markChanges(
        {
          source: "landbridge.graph",
          "detail-type": "Graph Change Notification",
          detail: { groupIds: [id], all: false },
        },
        ports,
      ),
    policyChanged: (versionId: string) =>
      markChanges(
        {
          source: "aws.s3",
          "detail-type": "Object Created",
          detail: { object: { key: SETTINGS.policyKey, "version-id": versionId } },
        },
        ports,
      ),
    claim: async (execution: string, connectedAt: string | null = "2026-03-01T00:00:00Z") => {
      statuses.set(execution, "RUNNING");
      if (connectedAt !== null) await ports.records.put("connection", "connection", { connectedAt });
      return claimChanges(execution, ports);
    },
    dirty: async () => (await listDirty(ports)).map(({ id }) => id),
  };
}

const GROUP = "0bc7d487-fd6f-41a0-8362-71ec81074f11";
const OTHER = "5e1c3a7b-9d24-4b6f-8a10-2c7e0f4d9b63";

function keyOf(claim: Claim): string {
  if (claim.outcome !== "claimed") throw new Error(claim.outcome);
  return claim.claimKey;
}

function account(targetId: string, roleName: string) {
  return {
    source: "aws.sso",
    "detail-type": "AWS API Call via CloudTrail",
    detail: {
      eventSource: "sso.amazonaws.com",
      eventName: "CreateAccountAssignment",
      userIdentity: { type: "AssumedRole", arn: `arn:aws:sts::111122223333:assumed-role/${roleName}/x` },
      requestParameters: { targetId },
    },
  };
}

describe("marking", () => {
  it("starts one drain for all the marks of a minute, after the minute", async () => {
    const { group, started, pass } = aWorld();
    await group(GROUP);
    pass(45_000);
    await group(OTHER);
    pass(10_000);
    await group(GROUP);
    expect(started.map(({ claimAt }) => claimAt)).toEqual([
      "2026-03-02T10:01:05.000Z",
      "2026-03-02T10:02:05.000Z",
    ]);
  });

  it("starts the next drain when that of its minute has ended already", async () => {
    const { group, started, statuses } = aWorld();
    statuses.set("changes-2026-03-02T10-01-05.000Z", "SUCCEEDED");
    await group(GROUP);
    expect(started).toEqual([
      { name: "changes-2026-03-02T10-02-05.000Z", claimAt: "2026-03-02T10:02:05.000Z" },
    ]);
  });

  it("marks the account that somebody changed by hand and says so", async () => {
    const { ports, dirty, seen } = aWorld();
    await markChanges(account("444455556666", "Admin"), ports);
    expect(await dirty()).toEqual(["account/444455556666"]);
    expect(seen).toContain("foreign-change.seen");
  });

  it("takes no notice of what Landbridge itself does", async () => {
    const { ports, dirty, seen, started } = aWorld();
    await markChanges(account("444455556666", "landbridge-prod-apply"), ports);
    expect([await dirty(), seen, started]).toEqual([[], [], []]);
  });

  it("says which event it does not understand, and fails", async () => {
    const { ports, seen } = aWorld();
    await expect(markChanges({ source: "aws.ec2" }, ports)).rejects.toMatchObject({
      name: "EventNotUnderstood",
    });
    expect(seen).toEqual(["event.not-understood"]);
  });
});

describe("draining", () => {
  it("claims what is marked, clears it, and then has nothing to do", async () => {
    const { group, claim, pass, dirty, ports } = aWorld();
    await group(GROUP);
    pass(MINUTE);
    const claimed = await claim("one");
    expect(claimed).toMatchObject({
      outcome: "claimed",
      sync: { scope: "groups", ids: [GROUP], unknownIds: "ignore", mode: "apply", requestedBy: "events" },
    });
    await clearChanges(keyOf(claimed), ports);
    expect(await claim("one")).toEqual({ outcome: "nothing" });
    expect(await dirty()).toEqual([]);
  });

  it("keeps a mark that was made again while the drain was at work", async () => {
    const { group, claim, pass, dirty, ports } = aWorld();
    await group(GROUP);
    await group(OTHER);
    pass(MINUTE);
    const claimed = await claim("one");
    await group(GROUP);
    await clearChanges(keyOf(claimed), ports);
    expect(await dirty()).toEqual([`group/${GROUP}`]);
  });

  it("keeps a mark that came after its record was removed and created again", async () => {
    const { group, claim, pass, dirty, ports } = aWorld();
    await group(GROUP);
    pass(MINUTE);
    const claimed = await claim("one");
    await clearChanges(keyOf(claimed), ports);
    await group(GROUP);
    await clearChanges(keyOf(claimed), ports);
    expect(await dirty()).toEqual([`group/${GROUP}`]);
  });

  it("waits for connect, which ends with a full sync of its own, and keeps the marks", async () => {
    const world = aWorld();
    await world.group(GROUP);
    world.pass(60_000);
    expect(await world.claim("one", null)).toEqual({ outcome: "not-connected" });
    expect(await world.claim("two")).toMatchObject({ outcome: "claimed" });
  });

  it("is done by one execution at a time; another that wakes meanwhile ends, and its work is not lost", async () => {
    const { group, claim, pass, ports, statuses } = aWorld();
    await group(GROUP);
    pass(MINUTE);
    const first = await claim("one");
    await group(OTHER);
    pass(MINUTE);
    expect(await claim("two")).toEqual({ outcome: "busy" });
    await clearChanges(keyOf(first), ports);
    statuses.set("two", "SUCCEEDED");
    expect(await claim("one")).toMatchObject({ outcome: "claimed", sync: { ids: [OTHER] } });
  });

  it("takes over from an execution that ended without giving its turn back", async () => {
    const { group, claim, pass, statuses } = aWorld();
    await group(GROUP);
    pass(MINUTE);
    await claim("one");
    statuses.set("one", "ABORTED");
    expect(await claim("two")).toMatchObject({ outcome: "claimed", sync: { ids: [GROUP] } });
  });

  it("lets the next one at it when it fails, and keeps the marks", async () => {
    const { group, claim, pass, ports, dirty } = aWorld();
    await group(GROUP);
    pass(MINUTE);
    await claim("one");
    await abandonChanges("one", ports);
    expect(await dirty()).toEqual([`group/${GROUP}`]);
    expect(await claim("two")).toMatchObject({ outcome: "claimed" });
  });

  it("does accounts first and groups after them", async () => {
    const { group, claim, pass, ports } = aWorld();
    await group(GROUP);
    await markChanges(account("444455556666", "Admin"), ports);
    pass(MINUTE);
    const claimed = await claim("one");
    expect(claimed).toMatchObject({ sync: { scope: "accounts", ids: ["444455556666"] } });
    await clearChanges(keyOf(claimed), ports);
    expect(await claim("one")).toMatchObject({ sync: { scope: "groups", ids: [GROUP] } });
  });

  it("looks at everything when more than 200 accounts are marked", async () => {
    const { claim, pass, ports } = aWorld();
    for (let index = 0; index <= 200; index += 1) {
      await markChanges(account(String(100_000_000_000 + index), "Admin"), ports);
    }
    pass(MINUTE);
    expect(await claim("one")).toMatchObject({
      outcome: "claimed",
      sync: { scope: "full", mode: "apply", requestedBy: "events" },
    });
  });

  it("does nothing for users that come and go when the policy names none", async () => {
    const { claim, pass, ports, dirty } = aWorld();
    await markChanges({ source: "aws.identitystore", "detail-type": "User Created", detail: {} }, ports);
    pass(MINUTE);
    expect(await claim("one")).toEqual({ outcome: "nothing" });
    expect(await dirty()).toEqual([]);
  });

  it("looks at everything when users come or go and the policy names some", async () => {
    const { claim, pass, ports } = aWorld(
      WITHOUT_USERS.replace("groups: [Ops]", "users: [ada@small.example]"),
    );
    await markChanges({ source: "aws.identitystore", "detail-type": "User Created", detail: {} }, ports);
    pass(MINUTE);
    expect(await claim("one")).toMatchObject({ sync: { scope: "full" } });
  });

  it("leaves a version of the policy to the run that put it in force", async () => {
    const { policyChanged, group, claim, pass, ports, dirty } = aWorld();
    await policyChanged("Version-A");
    const version = { versionId: "Version-A", hash: "a", writers: ["ada"], executionArn: "run" };
    await recordPolicyVersion(version, ports);
    await group(GROUP);
    pass(MINUTE);
    expect(await claim("one")).toMatchObject({ sync: { scope: "groups", ids: [GROUP] } });
    expect(await dirty()).toEqual([`group/${GROUP}`]);
  });

  it.each([
    ["somebody copied into the bucket", null],
    ["was there before any run", { hash: "a", writers: ["sandbox"], executionArn: null }],
  ])("looks at everything for a version of the policy that %s", async (_, known) => {
    const { policyChanged, claim, pass, ports, dirty } = aWorld();
    await policyChanged("Version-A");
    if (known) await recordPolicyVersion({ versionId: "Version-A", ...known }, ports);
    pass(MINUTE);
    const claimed = await claim("one");
    expect(claimed).toMatchObject({ sync: { scope: "full" } });
    await clearChanges(keyOf(claimed), ports);
    expect(await dirty()).toEqual([]);
  });

  it("leaves everything marked while runs are paused", async () => {
    const { group, claim, pass, ports, dirty } = aWorld();
    await group(GROUP);
    await pauseSync({ reason: "audit", by: "ada@example.com" }, ports);
    pass(MINUTE);
    expect(await claim("one")).toEqual({ outcome: "paused" });
    expect(await dirty()).toEqual([`group/${GROUP}`]);
  });
});
