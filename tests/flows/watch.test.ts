import { GetExecutionHistoryCommand, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { CONCERNS } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { aFlowHost } from "../support/flow-host.ts";
import { tokenOfEntra } from "../support/rotation.ts";
import { arrivingDirectory } from "../support/small-company.ts";
import { aConnectedCompany, codes, passDays, report, watch } from "../support/watch-company.ts";

describe("watch", () => {
  it("finds nothing where everything is in order, and has looked at every concern", async () => {
    const host = await aConnectedCompany({ directory: arrivingDirectory() });

    const health = await watch(host);

    expect(codes(health)).toEqual([]);
    expect(health).toMatchObject({
      version: 1,
      worst: "ok",
      connection: { applicationName: "AWS IAM Identity Center" },
    });
    expect(health.concerns.map(({ concern }) => concern)).toEqual([...CONCERNS]);
    expect(report(health, "access-drift")?.state).toBe("0 missing, 0 too many, 8 as they should be");
  });

  it("tells how many findings there are and the numbers behind them, by one event", async () => {
    const host = await aConnectedCompany();

    await watch(host);

    const [checked] = host.seen.filter(({ code }) => code === "health.checked");
    expect(checked?.payload).toEqual({
      worst: "warning",
      notice: 0,
      warning: 1,
      critical: 0,
      figures: {
        scimTokenDaysLeft: 364,
        certificateDaysLeft: 1094,
        graphCredentialDaysLeft: 729,
        jobQuarantined: 0,
        provisioningFailures: 1,
        driftCount: 0,
        reconcileAgeHours: 0,
        dirtyBacklog: 0,
        openTasks: 0,
      },
    });
  });

  it("changes nothing in AWS and Entra", async () => {
    const host = await aConnectedCompany();
    const before = host.sandbox.calls.calls.length;

    await watch(host);

    const calls = host.sandbox.calls.count(before);
    for (const service of ["sso-admin", "identitystore", "organizations", "graph", "scim"])
      expect(
        Object.keys(calls[service] ?? {}).filter(
          (operation) => !/^(GET|List|Describe|Get|ServiceProviderConfig$)/.test(operation),
        ),
      ).toEqual([]);
  });

  it("before connect says that nothing is connected, and never that what is not there is in order", async () => {
    const health = await watch(await aFlowHost());

    expect(codes(health)).toEqual(expect.arrayContaining(["NotConnected critical", "NeverSynced warning"]));
    for (const concern of ["scim-token", "scim-endpoint", "signing-certificate", "provisioning-job"] as const)
      expect(report(health, concern)?.outcome).toBe("not-applicable");
  });

  it("a concern that cannot be looked at is a finding of its own and hides no other", async () => {
    const host = await aConnectedCompany();
    host.sandbox.entra.grant(["Application.ReadWrite.OwnedBy", "Application.Read.All"]);
    // A token that was issued before carries the permissions of that time.
    host.restartFunctions();

    const health = await watch(host);

    expect(report(health, "access-drift")).toMatchObject({
      outcome: "not-done",
      findings: [{ code: "CheckNotDone", what: expect.stringContaining("ConsentMissing") as string }],
      figures: {},
    });
    expect(report(health, "provisioning-job")).toMatchObject({ outcome: "checked", findings: [] });
    expect(report(health, "scim-token")).toMatchObject({ outcome: "checked", findings: [] });
    expect(health.worst).toBe("warning");
  });

  it("a run that looks at some concerns leaves the others as they were, with their time", async () => {
    const host = await aConnectedCompany();
    const first = await watch(host);
    await passDays(host, 1);

    const second = await watch(host, { concerns: ["last-sync"] });

    expect(report(second, "access-drift")).toEqual(report(first, "access-drift"));
    expect(report(second, "last-sync")).toMatchObject({ figures: { reconcileAgeHours: 24 } });
    expect(Date.parse(second.checkedAt)).toBeGreaterThan(Date.parse(first.checkedAt));
  });

  it("leaves the SCIM token, which it tries, in no report, event or history, accepted or refused", async () => {
    const host = await aConnectedCompany();
    const token = tokenOfEntra(host);
    await watch(host);
    for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);
    await watch(host);

    const objects = [...host.sandbox.states.buckets.values()].flatMap((bucket) => bucket.versions());
    const health = objects.filter(({ key }) => key.startsWith("health/"));
    const texts = health.map(({ body }) => Buffer.from(body ?? "").toString("utf8"));
    const { executions = [] } = await host.stepFunctions.send(
      new ListExecutionsCommand({ stateMachineArn: host.runtime.stateMachineArns.get("watch") }),
    );
    const histories = await Promise.all(
      executions.map(({ executionArn }) =>
        host.stepFunctions.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 })),
      ),
    );
    const sinks = JSON.stringify({ texts, histories, events: host.seen });
    expect(sinks).toContain("ScimTokenRefused");
    expect(histories).toHaveLength(2);
    expect(sinks).not.toContain(token);
    expect(sinks).not.toContain(token.slice(20, 80));
  });

  it("keeps a history", async () => {
    const host = await aConnectedCompany();
    await watch(host);
    await passDays(host, 1);
    await watch(host, { concerns: ["operator-tasks"] });

    const objects = [...host.sandbox.states.buckets.values()].flatMap((bucket) => bucket.objects());
    expect(objects.filter(({ key }) => key.startsWith("health/history/"))).toHaveLength(2);
  });
});
