import { answerTask, isFlowError, listTasks, readTask } from "@landbridge/core";
import type { LocalHost } from "@landbridge/host/local-host";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";

const ADA =
  "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_PlatformAdmin_0123456789abcdef/ada@small.example";
const ADA_ELSEWHERE =
  "arn:aws:sts::444455556666:assumed-role/AWSReservedSSO_ReadOnly_fedcba9876543210/Ada@small.example";
const CLEO =
  "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_PlatformAdmin_0123456789abcdef/cleo@small.example";
const BO =
  "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_PlatformAdmin_0123456789abcdef/bo@small.example";

async function approve(host: LocalHost, taskId: string, answeredBy: string): Promise<string> {
  try {
    await answerTask(taskId, { confirmation: "APPROVE" }, { ...host.deps, answeredBy });
    return "approved";
  } catch (error) {
    if (isFlowError(error)) return error.name;
    throw error;
  }
}

/** Every plan with a change is held; these people try to approve it, one after the other. */
function approvers(people: readonly string[], told: string[]) {
  return {
    variables: {
      LANDBRIDGE_APPROVE_ABOVE_ASSIGNMENTS: "0",
      // The author of this company's policy is unknown.
      LANDBRIDGE_APPROVERS: "ada@small.example, bo@small.example",
    },
    operator: async (host: LocalHost, task: { taskId: string; kind: string; title: string }) => {
      if (task.kind !== "plan-approval") return answerAsOperator(host, task);
      for (const person of people) told.push(await approve(host, task.taskId, person));
    },
  };
}

describe("approval of a plan", () => {
  it("is refused to the person who started the run, whatever role they take, and given to somebody else", async () => {
    const told: string[] = [];
    const host = await aFlowHost(approvers([ADA, ADA_ELSEWHERE, BO, ADA], told));

    const [connect, sync] = await host.run("connect", { requestedBy: ADA }, silent);

    expect(told).toEqual(["ApproverIsRequester", "ApproverIsRequester", "approved", "TaskAlreadyAnswered"]);
    expect(connect?.status).toBe("SUCCEEDED");
    expect(sync).toMatchObject({ status: "SUCCEEDED", output: { assignments: { created: 8 } } });
    const [task] = (await listTasks(host.deps)).filter(({ subject }) => subject.kind === "plan-approval");
    expect(task).toMatchObject({
      answeredBy: BO,
      subject: { provenance: { starter: { is: "known", identities: [ADA] } } },
    });
  });

  it("is for named approvers only when nobody knows who started the run, whatever the input says", async () => {
    const told: string[] = [];
    const host = await aFlowHost(approvers([CLEO, ADA], told));

    await host.run("connect", { requestedBy: "schedule" }, silent);

    expect(told).toEqual(["ApproverNotNamed", "approved"]);
  });

  it("is taken from no answer to another task", async () => {
    const refused: string[] = [];
    const host = await aFlowHost({
      ...approvers([BO], []),
      operator: async (running, task) => {
        const { subject } = await readTask(task.taskId, running.deps);
        if (subject.kind !== "plan-approval") return answerAsOperator(running, task);
        for (const answer of [{ confirmation: "WORKS" }, { metadata: "<xml/>" }, { confirmation: "approve" }])
          await answerTask(task.taskId, answer, { ...running.deps, answeredBy: BO }).catch((error: Error) =>
            refused.push(`${error.name}: ${error.message}`),
          );
        await approve(running, task.taskId, BO);
      },
    });

    await host.run("connect", {}, silent);

    expect(refused).toEqual([
      expect.stringMatching(/^WrongTask: .*plan-approval; .*test-sign-in/),
      expect.stringMatching(/^WrongTask: .*service-provider-metadata/),
      "AnswerRefused: confirmation: expected the word APPROVE in capitals",
    ]);
  });
});
