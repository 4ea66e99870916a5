import {
  answerTask,
  declineTask,
  listOpenTasks,
  listTasks,
  type OperatorTask,
  readConnection,
  readTask,
} from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";

const DAY = 86_400_000;

const nobody = async () => undefined;

async function onlyTask(host: FlowHost): Promise<OperatorTask> {
  const tasks = await listTasks(host.deps);
  expect(tasks).toHaveLength(1);
  return tasks[0] as OperatorTask;
}

/** Lets days pass; the schedule calls for reminders at the end of each. */
async function passDaysReminded(host: FlowHost, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await host.deps.clock.sleep(DAY);
    await host.invoke("tasks/remind", {});
  }
}

function reminders(host: FlowHost) {
  return host.seen
    .filter(({ code }) => code === "operator-task.reminder")
    .map(({ payload }) => payload as { openDays: number; isLast: boolean });
}

describe("a task that nobody answers", () => {
  it("is reminded of after 1, 3 and 7 days and on the last, then ends its flow with TaskExpired", async () => {
    const host = await aFlowHost({ operator: nobody });
    const run = host.run("connect", {}, silent);

    await passDaysReminded(host, 15);
    const [connect] = await run;

    expect(connect).toMatchObject({ status: "FAILED", error: "TaskExpired" });
    expect(connect?.cause).toMatch(/Download AWS's SAML metadata.*, open since 20/);
    expect(connect?.states.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["AwaitServiceProviderMetadata", "ExpireTask"]),
    );
    expect(reminders(host).map(({ isLast }) => isLast)).toEqual([false, false, false, true]);
    expect(await onlyTask(host)).toMatchObject({ status: "expired", reminders: 4 });
    expect(await listOpenTasks(host.deps)).toEqual([]);
  });

  it("is reminded of once however often the round is made", async () => {
    const host = await aFlowHost({ operator: nobody });
    const run = host.run("connect", {}, silent);
    await host.deps.clock.sleep(DAY + 60_000);

    await Promise.all([host.invoke("tasks/remind", {}), host.invoke("tasks/remind", {})]);
    const again = await host.invoke("tasks/remind", {});

    expect(reminders(host)).toHaveLength(1);
    expect(again).toEqual({ open: 1, reminded: 0 });
    await passDaysReminded(host, 14);
    await run;
  });

  it("holds its flow for a week when the daily round does not come: nobody is reminded of it any more", async () => {
    const host = await aFlowHost({ operator: nobody });
    const start = host.deps.clock.now();

    const [connect] = await host.run("connect", {}, silent);

    expect(connect).toMatchObject({ status: "FAILED", error: "TaskExpired" });
    const task = await onlyTask(host);
    expect(task.status).toBe("expired");
    expect(Math.floor((host.deps.clock.now() - start) / DAY)).toBe(7);
  });

  it("teaches nothing and lets nothing continue when the answer comes too late", async () => {
    const host = await aFlowHost({ operator: nobody });
    await host.run("connect", {}, silent);
    const { id } = await onlyTask(host);
    const metadata = await host.sandbox.fetch(
      new Request("http://127.0.0.1/console/api/saml/sp-metadata.xml"),
    );

    const late = answerTask(id, { metadata: await metadata.text() }, { ...host.deps, answeredBy: "ada" });

    await expect(late).rejects.toMatchObject({ name: "TaskExpired" });
    expect(await readConnection(host.deps.records)).not.toHaveProperty("serviceProvider");
  });
});

describe("a task whose run was stopped", () => {
  it("is listed no more, cannot be answered, and is closed by the next round", async () => {
    const host = await aFlowHost({ operator: nobody });
    const run = host.run("connect", {}, silent);
    await host.deps.clock.sleep(60_000);
    const { id, executionArn } = await onlyTask(host);
    expect(await listOpenTasks(host.deps)).toHaveLength(1);

    await host.deps.executions.stop(executionArn, "by hand");
    await run;

    expect(await listOpenTasks(host.deps)).toEqual([]);
    expect(await host.invoke("tasks/remind", {})).toEqual({ open: 0, reminded: 0 });
    expect(await readTask(id, host.deps)).toMatchObject({ status: "withdrawn" });
    const late = declineTask(id, "no", { ...host.deps, answeredBy: "ada" });
    await expect(late).rejects.toMatchObject({ name: "TaskExpired" });
  });

  it("is closed by anybody who answers it before that", async () => {
    const host = await aFlowHost({ operator: nobody });
    const run = host.run("connect", {}, silent);
    await host.deps.clock.sleep(60_000);
    const { id, executionArn } = await onlyTask(host);
    await host.deps.executions.stop(executionArn, "by hand");
    await run;

    const late = declineTask(id, "no", { ...host.deps, answeredBy: "ada" });

    await expect(late).rejects.toMatchObject({ name: "TaskExpired" });
    expect(await onlyTask(host)).toMatchObject({ status: "withdrawn" });
  });
});

describe("a task", () => {
  it("remembers who answered, and when", async () => {
    const host = await aFlowHost();

    await host.run("connect", {}, silent);

    const tasks = await listTasks(host.deps);
    expect(tasks).toHaveLength(4);
    for (const task of tasks) {
      expect(task).toMatchObject({ status: "answered", answeredBy: "operator of the sandbox" });
      expect(Date.parse(task.answeredAt ?? "")).toBeGreaterThanOrEqual(Date.parse(task.openedAt));
    }
  });

  it("replaces the one that an attempt left behind which failed after it", async () => {
    let attempts = 0;
    const host = await aFlowHost({
      invoke: async (name, _payload, handler) => {
        const result = await handler();
        if (name !== "connect/await-scim-credentials") return result;
        attempts += 1;
        if (attempts === 1) throw Object.assign(new Error("lost"), { name: "ServiceUnavailable" });
        return result;
      },
      operator: async (running, task) => {
        // The first one is answered only after the second has arrived.
        if (task.kind === "scim-credentials" && attempts === 0) return;
        await answerAsOperator(running, task);
      },
    });

    const [connect] = await host.run("connect", {}, silent);

    expect(connect?.status).toBe("SUCCEEDED");
    const tasks = (await listTasks(host.deps)).filter(({ subject }) => subject.kind === "scim-credentials");
    expect(tasks.map(({ status }) => status).toSorted()).toEqual(["answered", "withdrawn"]);
  });
});
