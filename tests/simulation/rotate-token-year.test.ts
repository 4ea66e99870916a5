import { readFileSync } from "node:fs";
import { CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aConnectedHost, connectionOf, expectSettled, watchTokens } from "../support/rotation.ts";
import { arrivingDirectory } from "../support/small-company.ts";

const DAY = 86_400_000;
/** The operator is on holiday when the task is opened. */
const HOLIDAY = 5 * DAY;
const INPUT = readFileSync(
  new URL("../../stepfunctions/rotate-token/examples/schedule.json", import.meta.url),
  "utf8",
);

/** Real milliseconds: a year has 13,000 provisioning cycles. */
const PATIENCE = 180_000;

describe("a year of the daily token check", () => {
  it(
    "is silent until 60 days before the token ends, then has it replaced, and provisioning continues beyond its end",
    {
      timeout: PATIENCE,
    },
    async () => {
      const tokens = watchTokens();
      const opened: { readonly kind: string; readonly day: number }[] = [];
      let start = 0;
      const { host, connection } = await aConnectedHost({
        directory: arrivingDirectory(),
        layers: [tokens.layer],
        async operator(running, task) {
          opened.push({ kind: task.kind, day: Math.floor((running.deps.clock.now() - start) / DAY) });
          if (task.kind === "new-scim-token") await running.deps.clock.sleep(HOLIDAY);
          await answerAsOperator(running, task);
        },
      });
      tokens.watch(host);
      const { clock } = host.deps;
      start = clock.now();
      opened.length = 0;
      const stateMachineArn = host.runtime.stateMachineArns.get("rotate-token");
      const scheduler = new SchedulerClient(host.client);
      await scheduler.send(
        new CreateScheduleCommand({
          Name: "token-check",
          ScheduleExpression: "rate(1 day)",
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: { Arn: stateMachineArn, RoleArn: "arn:aws:iam::111122223333:role/scheduler", Input: INPUT },
        }),
      );
      const end = Date.parse(connection.scim.expiresAt);

      await clock.sleep(end + DAY - clock.now());

      expect(opened).toEqual([
        { kind: "new-scim-token", day: 305 },
        { kind: "old-token-deletion", day: 310 },
      ]);
      expect(tokens.gaps).toEqual([]);
      const { application, jobId, scim } = await connectionOf(host);
      expect(Math.floor((Date.parse(scim.expiresAt) - end) / DAY)).toBe(310);
      const status = await host.deps.provisioning.readStatus(application.servicePrincipalId, jobId);
      expect(status).toMatchObject({ code: "Active", quarantine: null, lastCycle: { state: "Succeeded" } });
      expect(clock.now() - Date.parse(status.lastCycle?.beganAt ?? "")).toBeLessThan(3_600_000);
      const { executions = [] } = await host.stepFunctions.send(
        new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }),
      );
      // Step Functions keeps 90 days.
      expect(executions.length).toBeGreaterThan(88);
      expect(new Set(executions.map(({ status: ended }) => ended))).toEqual(new Set(["SUCCEEDED"]));
      await expectSettled(host);
      await scheduler.send(new DeleteScheduleCommand({ Name: "token-check" }));
    },
  );
});
