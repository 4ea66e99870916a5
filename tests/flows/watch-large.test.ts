import type { Layer } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import type { FlowHost } from "../support/flow-host.ts";
import { SMALL_POLICY } from "../support/small-company.ts";
import { aConnectedCompany, codes, findings, passDays, report, watch } from "../support/watch-company.ts";

const READ = "sync-access/read-instance";
/** What Step Functions calls the end of a function whose time is up, or that has no memory left. */
const CUT_OFF = ["Sandbox.Timedout", "Lambda.Unknown"] as const;
const [TIMED_OUT] = CUT_OFF;
/** Eight are read at a time, and each takes so long: a function that stops after 11 minutes reads 24. */
const READ_SECONDS = 250;
const MORE_SETS = 36;

const MANY_SETS = SMALL_POLICY.replace(
  "rules:",
  `${Array.from({ length: MORE_SETS }, (_, number) => `  More${number}: { awsManagedPolicies: [ReadOnlyAccess] }\n`).join("")}rules:`,
);

/** What `changeByHand` leads to. */
const BY_HAND = ["AccessDrift warning", "RolesOutOfDate warning", "ForeignAccess notice"];

interface Slice {
  readonly cursor: string | null;
  readonly seconds: number;
  /** ARNs of the permission sets that AWS told of. */
  readonly told: string[];
  readonly end: "returned" | "cut off";
}

/** A connected company whose permission sets AWS reads slowly from `slowDown` on. */
async function aSlowCompany() {
  const slices: Slice[] = [];
  let isSlow = false;
  let told: string[] = [];
  /** For which slices, from 0, Lambda ends the function while it reads. */
  let cutOff: ((slice: number) => boolean) | null = null;
  let death: PromiseWithResolvers<never> | null = null;
  let error: string = TIMED_OUT;

  const slow: Layer = (_service, inner) => ({
    async fetch(request) {
      const target = request.headers.get("x-amz-target") ?? "";
      if (!isSlow || !target.endsWith(".DescribePermissionSet")) return inner.fetch(request);
      const { PermissionSetArn } = (await request.clone().json()) as { PermissionSetArn: string };
      const response = await inner.fetch(request);
      // What was throttled is asked again.
      if (!response.ok) return response;
      told.push(PermissionSetArn);
      await host.deps.clock.sleep(READ_SECONDS * 1000);
      if (death) {
        death.reject(Object.assign(new Error("Task timed out"), { name: error }));
        // Nothing that the function was about to do happens.
        return new Promise<Response>(() => undefined);
      }
      return response;
    },
  });
  const host: FlowHost = await aConnectedCompany({
    policy: MANY_SETS,
    layers: [slow],
    async invoke(name, payload, handler) {
      if (!isSlow || name !== READ) return handler();
      const { cursor } = payload as { cursor: string | null };
      const from = host.deps.clock.now();
      told = [];
      death = cutOff?.(slices.length) ? Promise.withResolvers<never>() : null;
      const mine = told;
      const keep = (end: Slice["end"]) =>
        slices.push({ cursor, told: mine, end, seconds: (host.deps.clock.now() - from) / 1000 });
      try {
        const result = await (death ? Promise.race([handler(), death.promise]) : handler());
        keep("returned");
        return result;
      } catch (failure) {
        keep("cut off");
        host.restartFunctions();
        throw failure;
      }
    },
  });
  return {
    host,
    slices,
    slowDown(cutOffAt: typeof cutOff = null, cutOffBy: string = TIMED_OUT) {
      isSlow = true;
      cutOff = cutOffAt;
      error = cutOffBy;
    },
  };
}

/** Somebody takes an assignment of Builder away, gives Auditors another account, and changes Look without its two roles. */
function changeByHand({ sandbox }: FlowHost): void {
  const { permissionSets, roles } = sandbox.states.identityCenter;
  const accounts = [...sandbox.states.organization.accounts.values()];
  const setNamed = (name: string) => [...permissionSets.values()].find((set) => set.name === name);
  const look = setNamed("Look");
  const builders = sandbox.assignments().find((one) => one.permissionSetArn === setNamed("Builder")?.arn);
  const auditors = sandbox.assignments().find((one) => one.permissionSetArn === look?.arn);
  const playground = accounts.find(({ name }) => name === "Playground");
  if (!look || !builders || !auditors || !playground) throw new Error("connect has not given access");
  roles.unassign(builders);
  look.revision += 1;
  roles.assign({ ...auditors, accountId: playground.id }, look.revision);
}

function repeated(slices: readonly Slice[]): string[] {
  const all = slices.flatMap(({ told }) => told);
  return all.filter((arn, index) => all.indexOf(arn) !== index);
}

/** What was written to Identity Center since. */
function writesSince({ sandbox }: FlowHost, from: number): string[] {
  return sandbox.calls.calls
    .slice(from)
    .filter(({ service }) => service === "sso-admin" || service === "identitystore")
    .map(({ operation }) => operation)
    .filter((operation) => !/^(List|Describe|Get)/.test(operation));
}

describe("an instance that takes longer to read than a function lives", () => {
  it("is read in slices, and the same is found as in one", async () => {
    const { host, slices, slowDown } = await aSlowCompany();
    changeByHand(host);
    const inOne = await watch(host, { concerns: ["access-drift"] });
    const before = host.sandbox.calls.calls.length;
    slowDown();

    const health = await watch(host, { concerns: ["access-drift"] });

    expect(slices.length).toBeGreaterThan(1);
    expect(Math.max(...slices.map(({ seconds }) => seconds))).toBeLessThan(900);
    expect(slices.reduce((sum, { seconds }) => sum + seconds, 0)).toBeGreaterThan(900);
    expect(slices.map(({ cursor }) => cursor === null)).toEqual(slices.map((_, index) => index === 0));
    expect(repeated(slices)).toEqual([]);
    expect(slices.flatMap(({ told }) => told)).toHaveLength(MORE_SETS + 2);
    expect(codes(health, "access-drift")).toEqual(BY_HAND);
    expect(findings(health, "access-drift")).toEqual(findings(inOne, "access-drift"));
    expect(report(health, "access-drift")?.figures).toEqual({ driftCount: 3 });
    expect(writesSince(host, before)).toEqual([]);
  });

  it.each(CUT_OFF)("is read on from the checkpoint when a slice is cut off by %s", async (name) => {
    const { host, slices, slowDown } = await aSlowCompany();
    changeByHand(host);
    slowDown((slice) => slice === 1, name);

    const health = await watch(host, { concerns: ["access-drift"] });

    expect(slices.map(({ end }) => end)).toEqual(["returned", "cut off", "returned"]);
    const [first, cut, again] = slices;
    expect(cut?.cursor).toMatch(/^sync-access\/instance-read\//);
    expect(again?.cursor).toBe(cut?.cursor);
    // The second slice is read again, the first is not.
    expect(first?.told.filter((arn) => again?.told.includes(arn))).toEqual([]);
    expect(new Set([...(first?.told ?? []), ...(again?.told ?? [])]).size).toBe(MORE_SETS + 2);
    expect(codes(health, "access-drift")).toEqual(BY_HAND);
    expect(report(health, "access-drift")?.figures).toEqual({ driftCount: 3 });
  });

  it("is no finding but that it could not be read, when a slice is cut off again and again", async () => {
    const { host, slices, slowDown } = await aSlowCompany();
    const assignments = host.sandbox.assignments();
    const ledger = await host.deps.records.list("ledger");
    const before = host.sandbox.calls.calls.length;
    slowDown((slice) => slice > 0);

    const health = await watch(host, { concerns: ["access-drift", "last-sync"] });

    expect(slices.map(({ end }) => end)).toEqual(["returned", "cut off", "cut off", "cut off"]);
    expect(codes(health, "access-drift")).toEqual(["CheckNotDone warning"]);
    expect(findings(health, "access-drift")[0]?.what).toContain(TIMED_OUT);
    expect(report(health, "access-drift")).toMatchObject({ outcome: "not-done", figures: {} });
    expect(report(health, "last-sync")).toMatchObject({ outcome: "checked" });
    expect(writesSince(host, before)).toEqual([]);
    expect(host.sandbox.assignments()).toEqual(assignments);
    expect(await host.deps.records.list("ledger")).toEqual(ledger);
  });

  it("is judged by the policy that was in force when the read began", async () => {
    const { host, slices, slowDown } = await aSlowCompany();
    slowDown();
    const looking = watch(host, { concerns: ["access-drift"] });
    await passDays(host, 500 / 86_400);
    const { policyKey } = host.deps.settings;
    await host.deps.objects.putText(policyKey, MANY_SETS.slice(0, MANY_SETS.indexOf("  - name: auditors")));

    expect(codes(await looking, "access-drift")).toEqual([]);
    expect(slices.length).toBeGreaterThan(1);
  });
});
