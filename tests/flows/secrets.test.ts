import { GetExecutionHistoryCommand } from "@aws-sdk/client-sfn";
import { answerTask, type RecordKind } from "@landbridge/core";
import { answerAsOperator, awsConsole } from "@landbridge/cli/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";

const KINDS: RecordKind[] = ["connection", "task", "ledger", "apply", "lease"];

describe("the SCIM token", () => {
  it("stands in no state, history, object, record or event, only in the secret store and with Entra", async () => {
    let token = "";
    const host = await aFlowHost({
      operator: async (running, task) => {
        if (task.kind !== "scim-credentials") return answerAsOperator(running, task);
        const { endpoint } = await awsConsole(running).submit("provisioning", {});
        ({ token } = (await awsConsole(running).submit("provisioning/tokens", {})) as { token: string });
        await answerTask(task.taskId, { endpoint, token }, { ...running.deps, answeredBy: "operator" });
      },
    });

    const reports = await host.run("connect", {}, silent);

    const histories = await Promise.all(
      reports.map(({ executionArn }) =>
        host.stepFunctions.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 })),
      ),
    );
    const records = await Promise.all(KINDS.map((kind) => host.deps.records.list(kind)));
    const objects = [...host.sandbox.states.buckets.values()].flatMap((bucket) => [...bucket.values()]);
    const texts = objects.map(({ body }) => Buffer.from(body).toString("utf8"));
    const sinks = JSON.stringify({ reports, histories, records, texts, events: host.seen });
    expect(token.length).toBeGreaterThan(100);
    expect(texts.join()).toContain("permissionSets");
    expect(sinks).toContain("ApplyAssignments");
    expect(sinks).not.toContain(token);
    expect(sinks).not.toContain(token.slice(20, 80));
  });
});
