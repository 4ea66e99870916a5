import { answerTask, declineTask, isFlowError, listTasks, readTask } from "@landbridge/core";
import type { LocalHost } from "@landbridge/host/local-host";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { type FaultRule, makeFaults } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";

const ADA = "ada@small.example";
const BO = "bo@small.example";

/** The error that a person sees; null: success. */
async function told(deed: Promise<void>): Promise<string | null> {
  return deed.then(
    () => null,
    (error: unknown) => {
      if (isFlowError(error)) return `${error.name}: ${error.message}`;
      throw error;
    },
  );
}

const approve = (host: LocalHost, taskId: string, answeredBy: string) =>
  told(answerTask(taskId, { confirmation: "APPROVE" }, { ...host.deps, answeredBy }));
const decline = (host: LocalHost, taskId: string, answeredBy: string) =>
  told(declineTask(taskId, "not today", { ...host.deps, answeredBy }));

/**
 * Every plan is held until people decide, and their calls to Step Functions suffer the fault.
 * @returns what they were told, and how sync-access and its task ended
 */
async function decideOnPlan(
  rules: readonly Omit<FaultRule, "probability">[],
  decideOn: (taskId: string, host: LocalHost) => Promise<(string | null)[]>,
) {
  const faults = makeFaults(
    rules.map((rule) => ({ ...rule, probability: 1 })),
    1,
  );
  let isFaulty = false;
  let decided: Promise<(string | null)[]> = Promise.resolve([]);
  const host = await aFlowHost({
    variables: { LANDBRIDGE_APPROVE_ABOVE_ASSIGNMENTS: "0", LANDBRIDGE_APPROVERS: `${ADA},${BO}` },
    layers: [
      (service, inner, kernel) => {
        const faulty = faults(service, inner, kernel);
        return { fetch: (request) => (isFaulty ? faulty : inner).fetch(request) };
      },
    ],
    async operator(running, task) {
      if (task.kind === "plan-approval") {
        isFaulty = true;
        decided = decideOn(task.taskId, running);
      }
      await decided;
      isFaulty = false;
      if (task.kind !== "plan-approval") await answerAsOperator(running, task);
    },
  });
  const [, sync] = await host.run("connect", {}, silent);
  const heard = await decided;
  const tasks = await listTasks(host.deps);
  return { host, heard, sync, task: tasks.find(({ subject }) => subject.kind === "plan-approval") };
}

async function stopSync({ deps: { executions } }: LocalHost): Promise<void> {
  const [sync] = await executions.list("sync-access");
  await executions.stop(sync?.arn ?? "", "by hand");
}

/** The first attempt arrives, and every answer is lost: the SDK gives up. */
const ARRIVES_UNHEARD = [
  { fault: "lost-answer", operation: /^SendTaskSuccess$/, strikes: 1 },
  { fault: "no-answer", operation: /^SendTaskSuccess$/ },
] as const;

describe("a decision on a plan", () => {
  it("stands when the answer to it is lost and the repetition comes too late: the plan is applied", async () => {
    const lost = [{ fault: "lost-answer", operation: /^SendTaskSuccess$/, strikes: 1 }] as const;

    const { heard, sync, task } = await decideOnPlan(lost, async (taskId, host) => [
      await approve(host, taskId, ADA),
    ]);

    expect(heard).toEqual([null]);
    expect(sync).toMatchObject({ status: "SUCCEEDED", output: { assignments: { created: 8 } } });
    expect(task).toMatchObject({ status: "answered", answeredBy: ADA });
  });

  it("stands when it was to decline: the flow ends with it", async () => {
    const lost = [{ fault: "lost-answer", operation: /^SendTaskFailure$/, strikes: 1 }] as const;

    const { heard, sync, task } = await decideOnPlan(lost, async (taskId, host) => [
      await decline(host, taskId, ADA),
    ]);

    expect(heard).toEqual([null]);
    expect(sync).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(task).toMatchObject({ status: "declined", answeredBy: ADA });
  });

  it("stands although somebody has stopped the run by the time the repetition arrives", async () => {
    const lost = [{ fault: "lost-answer", operation: /^SendTaskSuccess$/, strikes: 1 }] as const;

    const { heard, sync, task } = await decideOnPlan(lost, async (taskId, host) => {
      const done = approve(host, taskId, ADA);
      await host.deps.clock.sleep(1000);
      await stopSync(host);
      return [await done];
    });

    expect(sync).toMatchObject({ status: "ABORTED" });
    expect(heard).toEqual([null]);
    expect(task).toMatchObject({ status: "answered", answeredBy: ADA });
  });

  it("does not stand when the run was stopped before it", async () => {
    const slow = [{ fault: "delay", operation: /^SendTaskSuccess$/ }] as const;

    const { heard, task } = await decideOnPlan(slow, async (taskId, host) => {
      const done = approve(host, taskId, ADA);
      await stopSync(host);
      return [await done];
    });

    expect(heard).toEqual([expect.stringMatching(/^TaskExpired: Task .* is withdrawn/)]);
    expect(task).toMatchObject({ status: "withdrawn" });
    expect(task).not.toHaveProperty("answeredBy");
  });

  it("is told to the next who decides, if its maker never learned that it arrived", async () => {
    const { heard, sync, task } = await decideOnPlan(ARRIVES_UNHEARD, async (taskId, host) => [
      await approve(host, taskId, ADA),
      await decline(host, taskId, BO),
    ]);

    expect(heard).toEqual([
      expect.stringMatching(/^ServiceUnavailable: /),
      expect.stringMatching(/^TaskAlreadyAnswered: .* answered by ada@/),
    ]);
    expect(sync).toMatchObject({ status: "SUCCEEDED", output: { assignments: { created: 8 } } });
    expect(task).toMatchObject({ status: "answered", answeredBy: ADA });
  });

  it("is noted by the daily round when nobody else decides", async () => {
    const { heard, host, task } = await decideOnPlan(ARRIVES_UNHEARD, async (taskId, running) => [
      await approve(running, taskId, ADA),
    ]);
    expect(heard).toEqual([expect.stringMatching(/^ServiceUnavailable: /)]);
    expect(task).toMatchObject({ status: "open" });

    await host.invoke("tasks/remind", {});

    expect(await readTask(task?.id ?? "", host.deps)).toMatchObject({ status: "answered", answeredBy: ADA });
  });

  it("leaves the plan to others when it never arrived", async () => {
    const gone = [{ fault: "no-answer", operation: /^SendTaskSuccess$/ }] as const;

    const { heard, sync, task } = await decideOnPlan(gone, async (taskId, host) => [
      await approve(host, taskId, ADA),
      await decline(host, taskId, BO),
    ]);

    expect(heard).toEqual([expect.stringMatching(/^ServiceUnavailable: /), null]);
    expect(sync).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(task).toMatchObject({ status: "declined", answeredBy: BO });
  });
});
