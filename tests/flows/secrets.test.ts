import { inspect } from "node:util";
import { GetExecutionHistoryCommand } from "@aws-sdk/client-sfn";
import {
  answerTask,
  declineTask,
  listOpenTasks,
  listTasks,
  readTask,
  type RecordKind,
} from "@landbridge/core";
import { answerAsOperator, awsConsole } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";

const KINDS: RecordKind[] = ["connection", "task", "ledger", "apply", "lease"];

describe("the SCIM token", () => {
  it("appears in no state, history, object, record or event, only in the secret store and with Entra", async () => {
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
    const objects = [...host.sandbox.states.buckets.values()].flatMap((bucket) => bucket.versions());
    const texts = objects.map(({ body }) => Buffer.from(body ?? "").toString("utf8"));
    const sinks = JSON.stringify({ reports, histories, records, texts, events: host.seen });
    expect(token.length).toBeGreaterThan(100);
    expect(texts.join()).toContain("permissionSets");
    expect(sinks).toContain("ApplyAssignments");
    expect(sinks).not.toContain(token);
    expect(sinks).not.toContain(token.slice(20, 80));
  });
});

describe("task tokens", () => {
  it("stand sealed in the table, and in nothing that people, logs or objects get to see", async () => {
    const tokens = new Set<string>();
    const seenByPeople: unknown[] = [];
    const host = await aFlowHost({
      invoke: (_name, payload, handler) => {
        const { taskToken } = payload as { taskToken?: string };
        if (taskToken !== undefined) tokens.add(taskToken);
        return handler();
      },
      operator: async (running, task) => {
        const ports = { ...running.deps, answeredBy: "operator" };
        seenByPeople.push(await readTask(task.taskId, running.deps), await listOpenTasks(running.deps));
        const refused = await answerTask(task.taskId, { no: "answer" }, ports).catch(
          (error: unknown) => error,
        );
        await answerAsOperator(running, task);
        const replayed = await declineTask(task.taskId, "again", ports).catch((error: unknown) => error);
        seenByPeople.push(inspect([refused, replayed], { depth: 5 }));
        await running.deps.records.list("task").then((records) => seenByPeople.push(records));
      },
    });

    const reports = await host.run("connect", {}, silent);

    const objects = [...host.sandbox.states.buckets.values()].flatMap((bucket) => bucket.versions());
    const texts = objects.map(({ body }) => Buffer.from(body ?? "").toString("utf8"));
    const tasks = await listTasks(host.deps);
    const sinks = JSON.stringify({ reports, texts, tasks, events: host.seen, seenByPeople });
    expect(tokens.size).toBe(4);
    expect(sinks).toContain("TaskAlreadyAnswered");
    for (const token of tokens) {
      expect(sinks).not.toContain(token);
      expect(sinks).not.toContain(Buffer.from(token).toString("base64").slice(0, 24));
    }
  });

  it("are sealed while the task is open, and gone once it is closed", async () => {
    const records: unknown[] = [];
    const host = await aFlowHost({
      operator: async (running, task) => {
        records.push(await running.deps.records.get("task", task.taskId));
        await answerAsOperator(running, task);
        records.push(await running.deps.records.get("task", task.taskId));
      },
    });

    await host.run("connect", {}, silent);

    const [open, closed] = records;
    expect(open).toMatchObject({
      value: { status: "open", sealedToken: expect.stringMatching(/^v1\./) as string },
    });
    expect(closed).toMatchObject({ value: { status: "answered" } });
    expect(JSON.stringify(closed)).not.toMatch(/token|claimed/i);
  });
});
