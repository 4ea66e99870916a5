import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { putPolicy } from "../support/put-policy.ts";
import { exampleCompany } from "../support/read-yaml.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));
const ALL_DELETIONS = { LANDBRIDGE_MAX_DELETION_PERCENT: "100" };

/** A connected company without any wanted assignment. */
async function aCompanyWithoutRules(): Promise<FlowHost> {
  const host = await aFlowHost({ variables: ALL_DELETIONS });
  await host.run("connect", {}, silent);
  const noRules = `${SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("rules:"))}rules: []\n`;
  await putPolicy(host, noRules);
  return host;
}

function accountId({ sandbox }: FlowHost, name: string): string {
  return (
    [...sandbox.states.organization.accounts.values()].find((account) => account.name === name)?.id ?? ""
  );
}

function groupId({ sandbox }: FlowHost, name: string): string {
  const group = sandbox.groups().find(({ attributes }) => attributes.displayName === name);
  return group?.id ?? "";
}

async function sync(host: FlowHost, input: object) {
  const before = host.sandbox.calls.calls.length;
  const [run] = await host.run("sync-access", input, silent);
  return { run, calls: host.sandbox.calls.count(before)["sso-admin"] ?? {} };
}

describe("sync-access with a scope", () => {
  it("deletes in the accounts of its scope, and nowhere else", async () => {
    const host = await aCompanyWithoutRules();
    const shop = accountId(host, "Shop");

    const { run, calls } = await sync(host, { scope: "accounts", ids: [shop], mode: "apply" });

    expect(run, run?.cause ?? "").toMatchObject({
      status: "SUCCEEDED",
      output: { assignments: { deleted: 3 } },
    });
    expect(host.sandbox.assignments()).toHaveLength(5);
    expect(host.sandbox.assignments().map((one) => one.accountId)).not.toContain(shop);
    expect(calls["ListPermissionSetsProvisionedToAccount"]).toBe(1);
    expect(calls["ListAccountsForProvisionedPermissionSet"]).toBeUndefined();
    expect(calls["GetInlinePolicyForPermissionSet"]).toBeUndefined();
  });

  it("takes a group's access, and that of the groups nested in it, and nobody else's", async () => {
    const host = await aCompanyWithoutRules();

    const { run } = await sync(host, { scope: "groups", ids: [groupId(host, "Auditors")], mode: "apply" });

    expect(run, run?.cause ?? "").toMatchObject({ output: { assignments: { deleted: 2, failed: 0 } } });
    expect(host.sandbox.assignments()).toHaveLength(6);
  });

  it("gives an account its access without looking at the others", async () => {
    const host = await aFlowHost();
    await putPolicy(host, WITHOUT_AUDITORS);
    await host.run("connect", {}, silent);
    await putPolicy(host, SMALL_POLICY);
    const billing = accountId(host, "Billing");

    const { run } = await sync(host, { scope: "accounts", ids: [billing], mode: "apply" });

    expect(run, run?.cause ?? "").toMatchObject({ output: { assignments: { desired: 3, created: 1 } } });
    expect(host.sandbox.assignments()).toHaveLength(7);
  });

  it.each([
    ["a scope of groups without groups", { scope: "groups" }, "ids"],
    ["an account id that is none", { scope: "accounts", ids: ["12"] }, "twelve digits"],
    ["a mistyped name", { scop: "groups" }, "scop"],
    ["ids of a full run", { scope: "full", ids: ["222222222222"] }, "ids"],
  ])("refuses %s", async (_, input, named) => {
    const host = await aFlowHost();
    const { run } = await sync(host, input);
    expect(run).toMatchObject({ status: "FAILED", error: "InvalidStepInput" });
    expect(run?.cause).toContain(named);
  });

  it.each([
    ["group", { scope: "groups", ids: ["00000000-0000-4000-8000-00000000dead"] }],
    ["account", { scope: "accounts", ids: ["999999999999"] }],
  ])("refuses a %s that nobody knows, by its id, and changes nothing", async (_, input) => {
    const host = await aCompanyWithoutRules();
    const { run, calls } = await sync(host, { ...input, mode: "apply" });
    expect(run).toMatchObject({ status: "FAILED", error: "ScopeUnknown" });
    expect(run?.cause).toContain(input.ids[0]);
    expect(calls["DeleteAccountAssignment"]).toBeUndefined();
  });

  it("is not refused to a drain: what an event was about may be gone", async () => {
    const host = await aCompanyWithoutRules();
    const { records, clock } = host.deps;
    const gone = { mark: "1", at: clock.now() - 120_000 };
    await records.put("dirty", "group/00000000-0000-4000-8000-00000000dead", gone);
    await records.put("dirty", "account/999999999999", gone);

    const [drain] = await host.run("drain-changes", {}, silent);

    expect(drain, drain?.cause ?? "").toMatchObject({ status: "SUCCEEDED" });
    expect(await records.list("dirty")).toEqual([]);
  });

  it.each(["groups", "accounts"])(
    "makes sense of the example %s.json in the built-in company",
    async (name) => {
      const host = await aFlowHost({
        ...exampleCompany(),
        policy: readFileSync("examples/access.yaml", "utf8"),
      });
      const file = new URL(`../../stepfunctions/sync-access/examples/${name}.json`, import.meta.url);
      const { run } = await sync(host, {
        ...(JSON.parse(readFileSync(file, "utf8")) as object),
        mode: "plan",
      });
      expect(run, run?.cause ?? "").toMatchObject({
        status: "SUCCEEDED",
        output: { assignments: { desired: expect.toSatisfy((desired: number) => desired > 0) as number } },
      });
    },
  );
});
