import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import { answerTask, declineTask } from "./answer-task.ts";
import { openTask } from "./open-task.ts";
import { readTask } from "./read-tasks.ts";
import { isNamed, mayBeSamePerson } from "./same-person.ts";
import { aWaitingFlow, SCIM_TASK } from "../../test-support/task-harness.ts";

const ENDPOINT = "https://scim.eu-central-1.amazonaws.com/11111111111-2222-3333-4444-555555555555/scim/v2";
const ANSWER = { endpoint: ENDPOINT, token: "a token" };

async function anOpenTask() {
  const flow = aWaitingFlow();
  const { taskId } = await openTask(SCIM_TASK, flow.waiting, flow.ports);
  return { ...flow, taskId, by: (answeredBy: string) => ({ ...flow.ports, answeredBy }) };
}

describe("an answer that cannot be passed on", () => {
  it("leaves the task open, and the next one goes through at once", async () => {
    const { taskId, by, callbacks, state, ports } = await anOpenTask();
    const broken = {
      ...callbacks,
      succeed: () => Promise.reject(new FlowError("Throttled", "SendTaskSuccess")),
    };

    const first = answerTask(taskId, ANSWER, { ...by("ada"), callbacks: broken });

    await expect(first).rejects.toMatchObject({ name: "Throttled" });
    expect(await readTask(taskId, ports)).toMatchObject({ status: "open" });
    await answerTask(taskId, ANSWER, by("bo"));
    expect(state.outcome?.how).toBe("succeeded");
    expect(await readTask(taskId, ports)).toMatchObject({ status: "answered", answeredBy: "bo" });
  });

  it("by a process that died keeps others out for five minutes, not forever", async () => {
    const { taskId, by, callbacks, clock, state } = await anOpenTask();
    const dies = { ...callbacks, fail: () => new Promise<never>(() => undefined) };
    void declineTask(taskId, "no", { ...by("ada"), callbacks: dies });
    await new Promise((resolve) => setImmediate(resolve));

    await expect(declineTask(taskId, "no", by("bo"))).rejects.toMatchObject({ name: "ConflictingOperation" });
    await clock.sleep(5 * 60_000 + 1);
    await declineTask(taskId, "no", by("bo"));

    expect(state.outcome).toEqual({ how: "failed", error: "OperatorDeclined" });
  });

  it("by a process that died after the flow had it is told to the next who answers", async () => {
    const { taskId, by, callbacks, clock, state, ports } = await anOpenTask();
    const dies = {
      ...callbacks,
      async fail(token: string, error: string) {
        await callbacks.fail(token, error);
        return new Promise<never>(() => undefined);
      },
    };
    void declineTask(taskId, "no", { ...by("ada"), callbacks: dies });
    await new Promise((resolve) => setImmediate(resolve));
    await clock.sleep(5 * 60_000 + 1);

    const next = answerTask(taskId, ANSWER, by("bo"));

    await expect(next).rejects.toMatchObject({
      name: "TaskAlreadyAnswered",
      message: expect.stringContaining("declined by ada") as string,
    });
    expect(state.outcome).toEqual({ how: "failed", error: "OperatorDeclined" });
    expect(await readTask(taskId, ports)).toMatchObject({ status: "declined", answeredBy: "ada" });
  });

  it("stays undecided while the history of the run does not give the result", async () => {
    const { taskId, by, callbacks, ports } = await anOpenTask();
    const lagging = {
      ...callbacks,
      async succeed(token: string, output: unknown) {
        await callbacks.succeed(token, output);
        throw new FlowError("TaskNotFound", "the repetition");
      },
    };

    const first = answerTask(taskId, ANSWER, {
      ...by("ada"),
      callbacks: { ...lagging, endOfWait: async () => null },
    });

    await expect(first).rejects.toMatchObject({ name: "ConflictingOperation" });
    expect(await readTask(taskId, ports)).toMatchObject({ status: "open" });
  });

  it("because its token cannot be opened says so and leaves no claim behind", async () => {
    const { taskId, by, sealer, state } = await anOpenTask();
    const broken = {
      ...sealer,
      unseal: () => Promise.reject(new FlowError("TaskTokenUnreadable", "the key is gone")),
    };

    const first = answerTask(taskId, ANSWER, { ...by("ada"), sealer: broken });

    await expect(first).rejects.toMatchObject({ name: "TaskTokenUnreadable" });
    await answerTask(taskId, ANSWER, by("ada"));
    expect(state.outcome?.how).toBe("succeeded");
  });
});

function signedIn(account: string, set: string, name: string): string {
  return `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${set}_0123456789abcdef/${name}`;
}

const OBJECT_ID = "0a1b2c3d-0000-4000-8000-000000000001";

describe("an identity", () => {
  it.each([
    [
      signedIn("111122223333", "Admin", "ada@example.com"),
      signedIn("444455556666", "View", "Ada@example.com"),
      true,
    ],
    [signedIn("111122223333", "Admin", "ada@example.com"), "ada@example.com", true],
    [
      signedIn("111122223333", "Admin", "ada@example.com"),
      signedIn("111122223333", "Admin", "bo@example.com"),
      false,
    ],
    ["arn:aws:iam::111122223333:user/ada", "arn:aws:iam::111122223333:user/ada", true],
    // Anybody who assumes another role chooses the session's name: the name alone proves nothing.
    [
      "arn:aws:sts::111122223333:assumed-role/one/ada",
      "arn:aws:sts::111122223333:assumed-role/other/ada",
      false,
    ],
    ["arn:aws:sts::111122223333:assumed-role/ops/ada", "arn:aws:sts::111122223333:assumed-role/ops/bo", true],
    ["arn:aws:sts::111122223333:federated-user/ada", "arn:aws:sts::111122223333:federated-user/bo", true],
    [
      "arn:aws:sts::111122223333:assumed-role/ops/ada",
      "arn:aws:sts::444455556666:assumed-role/ops/ada",
      false,
    ],
    // The API knows people of Entra by object id; nothing here maps it to a user name.
    [signedIn("111122223333", "Admin", "ada@example.com"), OBJECT_ID, true],
    [OBJECT_ID, OBJECT_ID.toUpperCase(), true],
    [OBJECT_ID, "0a1b2c3d-0000-4000-8000-000000000002", false],
    ["arn:aws:sts::111122223333:assumed-role/pipeline/build-7", OBJECT_ID, false],
    ["events", OBJECT_ID, false],
  ])("%s and %s: one person, for all that is known, is %s", (one, other, same) => {
    expect(mayBeSamePerson(one, other)).toBe(same);
    expect(mayBeSamePerson(other, one)).toBe(same);
  });
});

describe("a named approver", () => {
  const ROLE = "arn:aws:iam::111122223333:role/ops/approvers";
  const APPROVER = "arn:aws:sts::111122223333:assumed-role/approvers/any-session";
  const SET = "AWSReservedSSO_Approve_0123456789abcdef";

  it.each([
    [APPROVER, ROLE],
    [signedIn("111122223333", "Approve", "ada@example.com"), "Ada@example.com"],
    [
      signedIn("111122223333", "Approve", "ada@example.com"),
      `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/${SET}`,
    ],
    ["arn:aws:iam::111122223333:user/ada", "arn:aws:iam::111122223333:user/ada"],
    [OBJECT_ID, OBJECT_ID.toUpperCase()],
  ])("is %s by %s", (identity, name) => {
    expect(isNamed(identity, ["someone", name])).toBe(true);
  });

  it.each([
    // Anybody may name a session of a role that they may take.
    ["arn:aws:sts::111122223333:assumed-role/other/ada@example.com", "ada@example.com"],
    [APPROVER, APPROVER],
    ["arn:aws:sts::444455556666:assumed-role/approvers/any-session", ROLE],
    ["arn:aws:sts::111122223333:federated-user/ada", "arn:aws:sts::111122223333:federated-user/bo"],
    // They may be the same person, which excludes them; it does not name them.
    [signedIn("111122223333", "Approve", "ada@example.com"), OBJECT_ID],
    [OBJECT_ID, "ada@example.com"],
  ])("is not %s by %s", (identity, name) => {
    expect(isNamed(identity, [name])).toBe(false);
  });
});
