import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { pauseSync } from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { SMALL_POLICY } from "../support/small-company.ts";
import { report, watch } from "../support/watch-company.ts";

const MINUTE = 60_000;

/** A company that is connected and listens; what connect itself set off is over. */
async function aListeningCompany(policy = SMALL_POLICY): Promise<FlowHost> {
  const host = await aFlowHost({ reactsToEvents: true, policy });
  const [report] = await host.run("connect", {}, silent);
  expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
  await host.deps.clock.sleep(15 * MINUTE);
  expect(host.sandbox.assignments()).toHaveLength(8);
  host.seen.length = 0;
  return host;
}

/** @returns the minutes that it took */
async function untilAssigned({ sandbox, deps: { clock } }: FlowHost, count: number): Promise<number> {
  const start = clock.now();
  while (sandbox.assignments().length !== count) {
    expect(clock.now() - start, "milliseconds waited").toBeLessThan(30 * MINUTE);
    await clock.sleep(5_000);
  }
  return (clock.now() - start) / MINUTE;
}

function seen(host: FlowHost, wanted: string): unknown[] {
  return host.seen.filter(({ code }) => code === wanted).map(({ payload }) => payload);
}

/** Somebody in the account who is not Landbridge. */
function asAdmin(host: FlowHost): SSOAdminClient {
  const credentials = { accessKeyId: "admin", secretAccessKey: "admin" };
  const client = new SSOAdminClient({ ...host.client, credentials });
  onTestFinished(() => client.destroy());
  return client;
}

function assignmentInput(host: FlowHost, index: number) {
  const assignment = host.sandbox.assignments()[index];
  if (!assignment) throw new Error(`There is no assignment ${index}.`);
  return {
    InstanceArn: host.sandbox.states.identityCenter.instanceArn,
    TargetId: assignment.accountId,
    TargetType: "AWS_ACCOUNT" as const,
    PermissionSetArn: assignment.permissionSetArn,
    PrincipalType: assignment.principalType,
    PrincipalId: assignment.principalId,
  };
}

describe("connect", () => {
  it.each([
    ["at once", 0],
    ["hours later, when drains have long found it unfinished", 180 * MINUTE],
  ])(
    "leaves no change waiting that it set off itself when the last task is answered %s",
    async (_, delay) => {
      const host = await aFlowHost({
        reactsToEvents: true,
        async operator(running, task) {
          if (task.kind === "test-sign-in") await running.deps.clock.sleep(delay);
          return answerAsOperator(running, task);
        },
      });
      await host.run("connect", {}, silent);
      expect(seen(host, "changes.marked"), "events of the new groups and users").not.toEqual([]);

      await host.deps.clock.sleep(40 * MINUTE);

      expect(await host.deps.records.list("dirty")).toEqual([]);
      const health = await watch(host, { concerns: ["dirty-backlog"] });
      expect(report(health, "dirty-backlog")).toMatchObject({ state: "empty", findings: [] });
    },
  );
});

describe("a full run", () => {
  const GROUP = "group/0bc7d487-fd6f-41a0-8362-71ec81074f11";
  const ACCOUNT = "account/999999999999";

  it("clears the marks that were there before it read, and no later ones", async () => {
    let isReading = false;
    const host = await aFlowHost({
      async invoke(name, _payload, handler) {
        if (name === "sync-access/read-directory" && isReading) await mark(ACCOUNT, "meanwhile");
        return handler();
      },
    });
    const mark = (id: string, name: string) =>
      host.deps.records.put("dirty", id, { mark: name, at: host.deps.clock.now() });
    await host.run("connect", {}, silent);
    await mark(GROUP, "before");
    await mark(ACCOUNT, "before");
    isReading = true;

    await host.run("sync-access", { scope: "full", mode: "apply" }, silent);

    const left = await host.deps.records.list("dirty");
    expect(left).toMatchObject([{ id: ACCOUNT, value: { mark: "meanwhile" } }]);
  });

  it.each([
    ["only plans", { scope: "full", mode: "plan" }],
    ["is about one account", { scope: "accounts", mode: "apply" }],
  ])("clears none when it %s", async (_, input) => {
    const host = await aFlowHost();
    await host.run("connect", {}, silent);
    await host.deps.records.put("dirty", GROUP, { mark: "1", at: host.deps.clock.now() });
    const ids = host.sandbox.assignments().map(({ accountId }) => accountId);

    await host.run("sync-access", { ...input, ...(input.scope === "accounts" && { ids }) }, silent);

    expect(await host.deps.records.list("dirty")).toHaveLength(1);
  });
});

describe("events", () => {
  it("give a new group inside another its access within minutes, by the webhook", async () => {
    const host = await aListeningCompany();
    const { entra } = host.sandbox;
    const { id } = entra.directory.addGroup({ name: "Newcomers", users: ["cleo@small.example"] });
    entra
      .groups()
      .find(({ displayName }) => displayName === "Engineers")
      ?.groupIds.add(id);

    expect(await untilAssigned(host, 11)).toBeLessThan(15);
  });

  it("give a new account its access within minutes", async () => {
    const host = await aListeningCompany();
    const accountId = host.sandbox.administrator.createAccount("Warehouse", "Production");

    expect(await untilAssigned(host, 11)).toBeLessThan(5);
    expect(seen(host, "changes.marked")).toContainEqual(
      expect.objectContaining({ marks: [`account/${accountId}`] }),
    );
  });

  it("take from an account that moves what its old unit had, and nothing else", async () => {
    const host = await aListeningCompany();
    const shop = [...host.sandbox.states.organization.accounts.values()].find(({ name }) => name === "Shop");
    host.sandbox.administrator.moveAccount(shop?.id ?? "", "Sandbox");

    expect(await untilAssigned(host, 7)).toBeLessThan(5);
  });

  it("put a changed access policy into force", async () => {
    const host = await aListeningCompany();
    const key = host.deps.settings.policyKey;
    await host.deps.objects.putText(
      key,
      SMALL_POLICY.replace("ou: [Workloads/Production]", "ou: [Workloads/Production, Sandbox]"),
    );

    await untilAssigned(host, 9);
  });

  it("restore an assignment that somebody deletes in AWS, and say who did", async () => {
    const host = await aListeningCompany();
    await asAdmin(host).send(new DeleteAccountAssignmentCommand(assignmentInput(host, 0)));
    await untilAssigned(host, 7);

    expect(await untilAssigned(host, 8)).toBeLessThan(5);
    expect(seen(host, "foreign-change.seen")).toEqual([
      expect.objectContaining({
        operation: "DeleteAccountAssignment",
        actor: expect.stringContaining(":assumed-role/admin/"),
      }),
    ]);
  });

  it("report an assignment that somebody makes in AWS, and leave it: it is not in the ledger", async () => {
    const host = await aListeningCompany();
    const { managementAccountId: TargetId } = host.sandbox.states.organization;
    await asAdmin(host).send(new CreateAccountAssignmentCommand({ ...assignmentInput(host, 0), TargetId }));
    await host.deps.clock.sleep(10 * MINUTE);

    expect(seen(host, "foreign-change.seen")).toEqual([
      expect.objectContaining({ operation: "CreateAccountAssignment", accountId: TargetId }),
    ]);
    expect(host.sandbox.assignments()).toHaveLength(9);
  });

  it("report a membership that somebody changes in AWS", async () => {
    const host = await aListeningCompany();
    const [group] = host.sandbox.groups();
    host.sandbox.administrator.addMember(group?.id ?? "", host.sandbox.users()[0]?.id ?? "");
    await host.deps.clock.sleep(5 * MINUTE);

    expect(seen(host, "foreign-change.seen")).toMatchObject([{ operation: "AddMemberToGroup" }]);
  });

  it("of what Landbridge itself does set off nothing", async () => {
    const host = await aFlowHost({ reactsToEvents: true });
    await host.run("connect", {}, silent);
    await host.deps.clock.sleep(15 * MINUTE);
    expect(seen(host, "foreign-change.seen")).toEqual([]);
    const before = host.sandbox.calls.calls.length;

    await host.deps.clock.sleep(30 * MINUTE);

    const counts = host.sandbox.calls.count(before);
    expect(counts["sso-admin"]).toBeUndefined();
  });

  it("that are not understood are given up after two more attempts, and disturb nobody", async () => {
    const host = await aListeningCompany();
    const { lambda, functionArn } = host.runtime;
    const event = { source: "aws.sso", "detail-type": "Something New", detail: {} };
    lambda.invokeAsync(functionArn("events/mark-changes"), JSON.stringify(event));
    await host.deps.clock.sleep(10 * MINUTE);

    expect(lambda.discarded).toMatchObject([{ error: expect.stringContaining("EventNotUnderstood") }]);
    expect(seen(host, "event.not-understood")).toHaveLength(3);
    host.sandbox.administrator.createAccount("Warehouse", "Production");
    await untilAssigned(host, 11);
  });

  it("tell of the end of a SCIM token that AWS Health announces", async () => {
    const host = await aListeningCompany();
    const eventTypeCode = "AWS_IAMIDENTITYCENTER_SCIM_BEARER_TOKEN_EXPIRY_NOTIFICATION";
    host.runtime.bus.publish({
      source: "aws.health",
      "detail-type": "AWS Health Event",
      detail: { service: "IAMIDENTITYCENTER", eventTypeCode, eventTypeCategory: "accountNotification" },
    });
    await host.deps.clock.sleep(MINUTE);

    expect(seen(host, "scim-token.expiry-announced")).toEqual([{ eventTypeCode }]);
  });

  it("of Landbridge itself go to the deployment's event bus", async () => {
    const host = await aFlowHost({ variables: { LANDBRIDGE_EVENT_BUS: "default" } });
    const put = vi.spyOn(host.runtime.bus, "putEvents");
    await host.run("sync-access", { mode: "plan" }, silent);

    const entries = put.mock.calls.flatMap(([given]) => given);
    expect(entries).toContainEqual(
      expect.objectContaining({ Source: "landbridge", DetailType: "plan.made" }),
    );
    expect(seen(host, "plan.made")).toHaveLength(1);
  });

  it("wait while runs are paused", async () => {
    const host = await aListeningCompany();
    await pauseSync({ reason: "audit", by: "ada@example.com" }, host.deps);
    host.sandbox.administrator.createAccount("Warehouse", "Production");
    await host.deps.clock.sleep(10 * MINUTE);
    expect(host.sandbox.assignments()).toHaveLength(8);

    await host.deps.records.remove("pause", "sync-access");
    host.sandbox.administrator.createAccount("Depot", "Sandbox");
    await untilAssigned(host, 13);
  });
});
