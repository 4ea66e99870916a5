import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { type Connection, readConnection } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { arrivingDirectory } from "../support/small-company.ts";

const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** A connected company; the time is the end of connect. */
async function aConnectedCompany() {
  const host = await aFlowHost({ directory: arrivingDirectory() });
  const [report] = await host.run("connect", {}, silent);
  expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
  const connection = (await readConnection(host.deps.records)) as Required<Connection>;
  return { host, connection };
}

async function until({ deps: { clock } }: FlowHost, time: number): Promise<void> {
  expect(time).toBeGreaterThanOrEqual(clock.now());
  await clock.sleep(time - clock.now());
}

function jobStatus({ deps }: FlowHost, { application, jobId }: Required<Connection>) {
  return deps.provisioning.readStatus(application.servicePrincipalId, jobId);
}

/** A new account in the production unit, as Control Tower makes them. */
function openAccount({ sandbox }: FlowHost, id: string): void {
  const { units, accounts } = sandbox.states.organization;
  const unit = [...units.values()].find(({ name }) => name === "Production");
  accounts.set(id, {
    id,
    name: `Account ${id}`,
    email: `${id}@small.example`,
    state: "ACTIVE",
    parentId: unit?.id ?? "",
    tags: {},
    joinedAt: 0,
  });
}

async function pause(host: FlowHost, { application, jobId }: Required<Connection>): Promise<void> {
  const jobs = `/servicePrincipals/${application.servicePrincipalId}/synchronization/jobs`;
  expect((await asAdministrator(host, "POST", `${jobs}/${jobId}/pause`)).status).toBe(204);
}

describe("a simulated year", () => {
  it("syncs every day, gives a new account its access within a day, and continues after the token is rotated", async () => {
    const { host, connection } = await aConnectedCompany();
    const start = host.deps.clock.now();
    const stateMachineArn = host.runtime.stateMachineArns.get("sync-access");
    const scheduler = new SchedulerClient(host.client);
    await scheduler.send(
      new CreateScheduleCommand({
        Name: "full-reconcile",
        ScheduleExpression: "rate(1 day)",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: {
          Arn: stateMachineArn,
          RoleArn: "arn:aws:iam::111122223333:role/scheduler",
          Input: JSON.stringify({ scope: "full", mode: "apply" }),
        },
      }),
    );

    for (const quarter of [1, 2, 3]) {
      await until(host, start + quarter * 90 * DAY);
      openAccount(host, `70000000000${quarter}`);
      await host.deps.clock.sleep(DAY);
      // Engineers, Interns and Auditors in each account of the unit.
      expect(host.sandbox.assignments()).toHaveLength(8 + 3 * quarter);
    }
    const tokenIsDue = Date.parse(connection.scim.expiresAt) - 30 * DAY;
    expect(tokenIsDue).toBeLessThan(start + YEAR);
    await until(host, tokenIsDue);
    const [rotation] = await host.run("rotate-token", {}, silent);
    expect(rotation).toMatchObject({ status: "SUCCEEDED", output: { result: "rotated" } });
    await until(host, start + YEAR + DAY);

    expect(await jobStatus(host, connection)).toMatchObject({ code: "Active", quarantine: null });
    const { executions = [] } = await host.stepFunctions.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }),
    );
    // Step Functions keeps 90 days.
    expect(executions.length).toBeGreaterThan(88);
    expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(["SUCCEEDED"]));
    const made = host.sandbox.calls.calls.filter(
      // Functions do not know of each other's calls: now and then one is throttled, and repeated.
      ({ operation, status }) => /^(Create|Delete)AccountAssignment$/.test(operation) && status === 200,
    );
    expect(made).toHaveLength(8 + 9);
    expect(await scheduler.send(new GetScheduleCommand({ Name: "full-reconcile" }))).toMatchObject({
      State: "ENABLED",
    });
    await scheduler.send(new DeleteScheduleCommand({ Name: "full-reconcile" }));
  }, 240_000);

  it("ends in quarantine when nobody rotates the token", async () => {
    const { host, connection } = await aConnectedCompany();
    await pause(host, connection);

    await until(host, Date.parse(connection.scim.expiresAt) + 1000);
    await host.deps.provisioning.start(connection.application.servicePrincipalId, connection.jobId);
    await host.deps.clock.sleep(DAY);

    expect(await jobStatus(host, connection)).toMatchObject({
      code: "Quarantine",
      quarantine: { reason: "EncounteredQuarantineException" },
    });
  });

  it("comes to the day on which the certificate is due, and Entra signs with the new one", async () => {
    const { host, connection } = await aConnectedCompany();
    const { application } = connection;
    await pause(host, connection);
    const certificateIsDue = Date.parse(connection.certificateExpiresAt) - 60 * DAY;

    await until(host, certificateIsDue);
    const { certificates } = await host.deps.applications.read(application);
    const added = await host.deps.applications.addSigningCertificate(application, {
      commonName: "Next",
      expiresAt: new Date(certificateIsDue + 3 * YEAR).toISOString(),
    });
    await host.deps.applications.activateSigningCertificate(application, added.thumbprint);
    await until(host, Date.parse(connection.certificateExpiresAt) + DAY);

    expect(certificates).toHaveLength(1);
    expect(await host.deps.applications.read(application)).toMatchObject({
      activeThumbprint: added.thumbprint,
    });
  });
});
