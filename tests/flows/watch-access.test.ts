import { pauseSync, remindOperators } from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { putPolicy } from "../support/put-policy.ts";
import { SMALL_POLICY } from "../support/small-company.ts";
import { aConnectedCompany, codes, findings, passDays, report, watch } from "../support/watch-company.ts";

describe("access", () => {
  it("drift that somebody made by hand is counted, each change with the rule that asks for it", async () => {
    const host = await aConnectedCompany();
    const [byHand] = host.sandbox.assignments();
    if (byHand) host.sandbox.states.identityCenter.roles.unassign(byHand);

    const health = await watch(host);

    expect(codes(health, "access-drift")).toEqual(["AccessDrift warning"]);
    expect(report(health, "access-drift")?.figures).toEqual({ driftCount: 1 });
    const [drift] = findings(health, "access-drift");
    expect(drift?.what).toContain("1 assignments are missing, 0 are too many");
    expect(drift?.subjects).toHaveLength(1);
    expect(drift?.subjects[0]?.name).toMatch(/^missing: \w+ for \w+ in \w+$/);
    expect(host.sandbox.assignments()).toHaveLength(7);
  });

  it("says whom a rule is for and AWS does not know", async () => {
    const host = await aConnectedCompany();
    const more = `  - name: bo looks
    users: [robot@small.example]
    permissionSets: [Look]
    targets: { ou: [Sandbox] }
`;
    await putPolicy(host, SMALL_POLICY + more);

    expect(codes(await watch(host), "access-drift")).toEqual([
      "AccessDrift warning",
      "PrincipalsNotArrived warning",
    ]);
  });

  it("a policy that no run gets past is critical, with the line at fault", async () => {
    const host = await aConnectedCompany();
    await putPolicy(host, SMALL_POLICY.replace("[Auditors]", "[Auditers]"));

    const health = await watch(host);

    expect(codes(health, "access-drift")).toEqual(["PolicyUnusable critical"]);
    expect(findings(health, "access-drift")[0]?.what).toMatch(/access\.yaml:\d+:\d+[^]*Auditers/);
  });

  it.each([
    [
      "names a unit that the organization lacks",
      SMALL_POLICY.replace("ou: [Workloads,", "ou: [Nowhere,"),
      "Nowhere",
    ],
    ["cannot be parsed", SMALL_POLICY.replace("version: 1", "version: 7"), "access.yaml:1:"],
  ])("so is one that %s", async (_, policy, what) => {
    const host = await aConnectedCompany();
    await putPolicy(host, policy);

    const health = await watch(host, { concerns: ["access-drift"] });

    expect(codes(health)).toContain("PolicyUnusable critical");
    expect(findings(health, "access-drift")[0]?.what).toContain(what);
  });

  it("so is none at all", async () => {
    const host = await aFlowHost({ policy: null });

    const health = await watch(host, { concerns: ["access-drift"] });

    expect(codes(health, "access-drift")).toEqual(["PolicyUnusable critical"]);
    expect(findings(health, "access-drift")[0]?.what).toMatch(/^No access policy is in force/);
  });

  it("a daily run that does not succeed any more is a warning, and critical after three days", async () => {
    const host = await aConnectedCompany();
    const found: string[][] = [];
    for (const days of [1, 1, 2]) {
      await passDays(host, days);
      found.push(codes(await watch(host, { concerns: ["last-sync"] }), "last-sync"));
    }

    expect(found).toEqual([[], ["SyncOverdue warning"], ["SyncOverdue critical"]]);
  });

  it("planning is no run that counts, applying is", async () => {
    const host = await aConnectedCompany();
    await passDays(host, 2);
    await host.run("sync-access", { mode: "plan" }, silent);
    expect(codes(await watch(host), "last-sync")).toEqual(["SyncOverdue warning"]);

    await host.run("sync-access", {}, silent);

    expect(codes(await watch(host), "last-sync")).toEqual([]);
  });

  it("a pause is a warning with its reason", async () => {
    const host = await aConnectedCompany();
    await pauseSync({ reason: "incident 7", by: "olivia" }, host.deps);

    const health = await watch(host);

    expect(codes(health, "last-sync")).toEqual(["SyncPaused warning"]);
    expect(findings(health, "last-sync")[0]?.what).toContain("incident 7");
  });

  it("changes that nobody takes up are a warning once they wait for long", async () => {
    const host = await aConnectedCompany();
    const at = host.deps.clock.now();
    await host.deps.records.put("dirty", "group/1", { mark: "1", at });
    expect(codes(await watch(host), "dirty-backlog")).toEqual([]);

    await passDays(host, 1 / 24);

    const health = await watch(host);
    expect(codes(health, "dirty-backlog")).toEqual(["DirtyBacklog warning"]);
    expect(report(health, "dirty-backlog")).toMatchObject({ figures: { dirtyBacklog: 1 } });

    // The finding's remedy.
    await host.run("sync-access", { scope: "full", mode: "apply" }, silent);
    expect(report(await watch(host), "dirty-backlog")).toMatchObject({ state: "empty", findings: [] });
  });

  it("changes that wait for the end of connect or of a pause are no finding of their own", async () => {
    const unconnected = await aFlowHost();
    const connected = await aConnectedCompany();
    await pauseSync({ reason: "incident 7", by: "olivia" }, connected.deps);
    const states = await Promise.all(
      [unconnected, connected].map(async (host) => {
        const at = host.deps.clock.now() - 86_400_000;
        await host.deps.records.put("dirty", "group/1", { mark: "1", at });
        const health = await watch(host, { concerns: ["dirty-backlog"] });
        expect(codes(health, "dirty-backlog")).toEqual([]);
        return report(health, "dirty-backlog")?.state;
      }),
    );
    expect(states).toEqual(["1 waiting for the end of connect", "1 waiting for the end of the pause"]);
  });

  it("a held plan is a notice, and a warning once its reminder has moved nobody", async () => {
    const held: Promise<unknown>[] = [];
    const host = await aConnectedCompany({
      variables: { LANDBRIDGE_MAX_DELETIONS: "0" },
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") await answerAsOperator(running, task);
      },
    });
    await putPolicy(host, SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors")));
    held.push(host.run("sync-access", {}, silent));
    while (!host.seen.some(({ payload }) => (payload as { kind?: string }).kind === "plan-approval"))
      await passDays(host, 1 / 86_400);

    const first = await watch(host);
    await passDays(host, 6);
    // The flow waits for a sign of life of its task each week.
    await remindOperators(host.deps);
    await passDays(host, 6);
    const later = await watch(host);
    await Promise.all(held);

    expect(codes(first, "operator-tasks")).toEqual(["PlanHeld notice"]);
    expect(findings(first, "operator-tasks")[0]?.subjects).toHaveLength(1);
    expect(codes(later, "operator-tasks")).toEqual(["PlanHeld warning"]);
    expect(codes(await watch(host), "operator-tasks")).toEqual([]);
  });
});
