import { OrganizationFile, type Layer } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { putPolicy } from "../support/put-policy.ts";
import { SMALL_POLICY } from "../support/small-company.ts";
import { codes, findings, watch } from "../support/watch-company.ts";

const LONGER = SMALL_POLICY.replace("sessionDuration: PT2H", "sessionDuration: PT8H");

/** Two accounts in Production and ten in Sandbox: Builder is a role in all twelve. */
function anOrganizationOfTwelve(more: object = {}): OrganizationFile {
  return OrganizationFile.parse({
    managementAccount: "Management",
    accounts: [{ name: "Management" }],
    units: [
      {
        name: "Workloads",
        units: [{ name: "Production", accounts: [{ name: "Shop" }, { name: "Billing" }] }],
      },
      { name: "Sandbox", accounts: Array.from({ length: 10 }, (_, index) => ({ name: `Play ${index}` })) },
    ],
    ...more,
  });
}

/** Runs code before and after each request of that operation, no matter who sends it. */
function around(
  operation: string,
  told: { readonly before?: () => void | Promise<void>; readonly after?: () => void | Promise<void> },
): Layer {
  return (_service, inner) => ({
    async fetch(request) {
      const isMeant = request.headers.get("x-amz-target")?.endsWith(`.${operation}`) ?? false;
      if (isMeant) await told.before?.();
      const response = await inner.fetch(request);
      if (isMeant) await told.after?.();
      return response;
    },
  });
}

async function aConnectedHost(options: Parameters<typeof aFlowHost>[0] = {}): Promise<FlowHost> {
  const host = await aFlowHost({ organization: anOrganizationOfTwelve(), ...options });
  const [connected] = await host.run("connect", {}, silent);
  expect(connected).toMatchObject({ status: "SUCCEEDED", error: null });
  return host;
}

function accountNamed({ sandbox }: FlowHost, name: string) {
  const account = [...sandbox.states.organization.accounts.values()].find((one) => one.name === name);
  if (!account) throw new Error(`There is no account ${name}`);
  return account;
}

function builder({ sandbox }: FlowHost) {
  const set = [...sandbox.states.identityCenter.permissionSets.values()].find(
    ({ name }) => name === "Builder",
  );
  if (!set) throw new Error("There is no permission set Builder");
  return set;
}

/** Names of the accounts whose role of Builder is older than the set. */
function outdated(host: FlowHost): string[] {
  const { identityCenter, organization } = host.sandbox.states;
  identityCenter.operations.settle();
  const { arn, revision } = builder(host);
  return identityCenter.roles
    .accountsWith(arn)
    .filter((accountId) => identityCenter.roles.revision(accountId, arn) !== revision)
    .map((accountId) => organization.accounts.get(accountId)?.name ?? accountId);
}

async function sync(host: FlowHost, input: object = {}) {
  const before = host.sandbox.calls.calls.length;
  const [run] = await host.run("sync-access", input, silent);
  return { run, calls: host.sandbox.calls.count(before)["sso-admin"] ?? {} };
}

function warnings({ seen }: FlowHost): string[] {
  return seen
    .filter(({ code }) => code === "warning.raised")
    .map(({ payload }) => (payload as { message: string }).message);
}

describe("the roles of a permission set that changes", () => {
  it("are brought up to date in every account, with one request", async () => {
    const host = await aConnectedHost();
    await putPolicy(host, LONGER);

    const { run } = await sync(host);

    expect(run, run?.cause ?? "").toMatchObject({
      status: "SUCCEEDED",
      output: { result: "complete", roles: { provisioned: 12, failed: 0 } },
    });
    const taken = host.sandbox.calls.calls.filter(
      ({ operation, status }) => operation === "ProvisionPermissionSet" && status === 200,
    );
    expect(taken).toHaveLength(1);
    expect(outdated(host)).toEqual([]);
  });

  it("are brought up to date although one of the accounts is suspended", async () => {
    const host = await aConnectedHost();
    accountNamed(host, "Shop").state = "SUSPENDED";
    await putPolicy(host, LONGER);

    const { run } = await sync(host);

    expect(run, run?.cause ?? "").toMatchObject({
      status: "SUCCEEDED",
      output: { result: "complete", roles: { provisioned: 11, failed: 0 } },
    });
    expect(outdated(host)).toEqual(["Shop"]);
    expect(warnings(host)).toContainEqual(
      "Builder: 1 role(s) stay out of date: their account is not active or unknown",
    );
    expect((await sync(host)).calls).not.toHaveProperty("ProvisionPermissionSet");
  });

  it("that AWS cannot bring up to date are reported, each with its account, and the next run tries again", async () => {
    const lost = { isLost: false };
    const host: FlowHost = await aConnectedHost({
      layers: [
        around("ProvisionPermissionSet", {
          // After the run has read the organization.
          before: () => {
            if (lost.isLost) accountNamed(host, "Shop").state = "SUSPENDED";
          },
        }),
      ],
    });
    lost.isLost = true;
    await putPolicy(host, LONGER);

    const { run } = await sync(host);

    expect(run, run?.cause ?? "").toMatchObject({
      status: "SUCCEEDED",
      output: { result: "partial", roles: { provisioned: 11, failed: 1 } },
    });
    const key = (run?.output as { reportKey: string } | undefined)?.reportKey ?? "";
    expect(JSON.parse(await host.deps.objects.readText(key))).toMatchObject({
      result: "partial",
      roles: {
        provisioned: 11,
        failed: [
          {
            permissionSet: "Builder",
            accountId: accountNamed(host, "Shop").id,
            accountName: "Shop",
            reason: expect.stringContaining("unable to complete your request") as string,
          },
        ],
      },
    });
    expect(codes(await watch(host), "last-sync")).toEqual(["SyncIncomplete warning"]);
    lost.isLost = false;
    accountNamed(host, "Shop").state = "ACTIVE";

    const { run: next } = await sync(host);

    expect(next, next?.cause ?? "").toMatchObject({
      output: { result: "complete", roles: { provisioned: 1 } },
    });
    expect(outdated(host)).toEqual([]);
  });

  it("are brought up to date by the next run when one ended between update and provisioning", async () => {
    let death: PromiseWithResolvers<never> | null = null;
    const host = await aConnectedHost({
      // Lambda ends the function: nothing that it was about to do happens.
      invoke: (name, _payload, handler) =>
        death !== null && name === "sync-access/apply-permission-sets"
          ? Promise.race([handler(), death.promise])
          : handler(),
      layers: [
        around("UpdatePermissionSet", {
          after: () => {
            if (death === null) return;
            death.reject(Object.assign(new Error("Task timed out"), { name: "Sandbox.Timedout" }));
            death = null;
            return new Promise<void>(() => undefined);
          },
        }),
      ],
    });
    death = Promise.withResolvers<never>();
    await putPolicy(host, LONGER);
    const { run } = await sync(host);
    expect(run).toMatchObject({ status: "FAILED", error: "Sandbox.Timedout" });
    expect(outdated(host)).toHaveLength(12);
    host.restartFunctions();

    const { run: next } = await sync(host);

    expect(outdated(host)).toEqual([]);
    expect(next, next?.cause ?? "").toMatchObject({
      status: "SUCCEEDED",
      output: { result: "complete", roles: { provisioned: 12, failed: 0 } },
    });
  });

  it("do not keep a function longer than it lives, however slow their sets are changed", async () => {
    let isSlow = false;
    const ends: number[] = [];
    const host: FlowHost = await aConnectedHost({
      invoke: async (name, _payload, handler) => {
        if (!isSlow || name !== "sync-access/apply-permission-sets") return handler();
        const from = host.deps.clock.now();
        const result = await handler();
        ends.push(host.deps.clock.now() - from);
        return result;
      },
      layers: [
        around("CreatePermissionSet", {
          before: () => (isSlow ? host.deps.clock.sleep(250_000) : undefined),
        }),
      ],
    });
    isSlow = true;
    const more = [1, 2, 3, 4, 5].map(
      (number) => `  More${number}: { awsManagedPolicies: [ReadOnlyAccess] }\n`,
    );
    await putPolicy(host, SMALL_POLICY.replace("rules:", `${more.join("")}rules:`));

    const { run } = await sync(host);

    expect(run, run?.cause ?? "").toMatchObject({ status: "SUCCEEDED", output: { result: "complete" } });
    expect(ends).toEqual([750_000, 500_000]);
    expect(host.sandbox.states.identityCenter.permissionSets.size).toBe(7);
  });
});

describe("roles that are out of date although nothing in the policy has changed", () => {
  it("are found by the watch and by a plan, and brought up to date by the next run", async () => {
    const host = await aConnectedHost();
    builder(host).revision += 1;

    const health = await watch(host);
    const { run: planned, calls } = await sync(host, { mode: "plan" });
    const { run } = await sync(host);

    expect(codes(health, "access-drift")).toEqual(["RolesOutOfDate warning"]);
    expect(findings(health, "access-drift")[0]?.subjects[0]?.name).toMatch(/^Builder in /);
    expect(planned).toMatchObject({ output: { result: "planned" } });
    expect(calls).not.toHaveProperty("ProvisionPermissionSet");
    expect(run, run?.cause ?? "").toMatchObject({
      output: { result: "complete", roles: { provisioned: 12, failed: 0 } },
    });
    expect(outdated(host)).toEqual([]);
    expect(codes(await watch(host), "access-drift")).toEqual([]);
  });
});

describe("a delegated administrator", () => {
  it("gives a group its access after looking only where the policy names the group", async () => {
    const organization = anOrganizationOfTwelve({ delegatedAdministrator: "Billing" });
    const host = await aConnectedHost({ organization });
    const auditors = host.sandbox.groups().find(({ attributes }) => attributes.displayName === "Auditors");
    const [theirs] = host.sandbox.assignments().filter(({ principalId }) => principalId === auditors?.id);
    if (theirs) host.sandbox.states.identityCenter.roles.unassign(theirs);

    const { run, calls } = await sync(host, { scope: "groups", ids: [auditors?.id], mode: "apply" });

    expect(run, run?.cause ?? "").toMatchObject({
      status: "SUCCEEDED",
      output: { assignments: { desired: 2, created: 1, failed: 0 } },
    });
    // Two places to read, and one to verify; Builder has twelve.
    expect(calls["ListAccountAssignments"]).toBe(3);
    expect(calls).not.toHaveProperty("ListAccountsForProvisionedPermissionSet");
  });
});
