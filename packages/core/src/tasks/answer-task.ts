import { extendConnection } from "../connect/connection.ts";
import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { checkAnswer } from "./check-answer.ts";
import { noteDecision } from "./note-decision.ts";
import type { StoredTask } from "./operator-task.ts";
import { closeTask, endingUnanswered, storedTask, withoutToken, writeTask } from "./task-records.ts";

type Needs = Pick<Ports, "records" | "sealer" | "callbacks" | "clock" | "events"> & {
  /** Who answers: the ARN of the caller in AWS, or the user name of an API. */
  readonly answeredBy: string;
};

/** Longer than an answer takes to be passed on with every retry: after it, whoever claimed the task has died. */
const CLAIM_MILLISECONDS = 5 * 60_000;

/**
 * The one way to answer a task: checks the answer, keeps what was learned, lets the flow go on, closes the task.
 * In that order: whatever fails, the task stays open and may be answered again.
 * @throws {FlowError} TaskNotFound, TaskAlreadyAnswered, TaskExpired, ConflictingOperation while another answer is being
 *   passed on, and what {@link checkAnswer} throws
 */
export async function answerTask(
  taskId: string,
  answer: unknown,
  ports: Needs & Pick<Ports, "scim" | "secrets" | "tokenSupplier">,
): Promise<void> {
  const { value: task } = await openTaskOf(taskId, ports);
  const { output, learned } = await checkAnswer(task.subject, answer, ports);
  await decide(taskId, "answered", ports, async (taskToken) => {
    if (learned) await extendConnection(ports.records, learned);
    await noteDecision(task, null, ports);
    await ports.callbacks.succeed(taskToken, output);
  });
}

/** The operator does not want the step: the flow ends with OperatorDeclined. @throws {FlowError} as {@link answerTask} */
export async function declineTask(taskId: string, reason: string, ports: Needs): Promise<void> {
  const { value: task } = await openTaskOf(taskId, ports);
  const cause = `${task.title}: ${reason}`;
  await decide(taskId, "declined", ports, async (taskToken) => {
    await noteDecision(task, reason, ports);
    await ports.callbacks.fail(taskToken, "OperatorDeclined", cause);
  });
}

/** Of several decisions at once one claims the task; the others are told so before they have done anything. */
async function decide(
  taskId: string,
  status: "answered" | "declined",
  ports: Needs,
  passOn: (taskToken: string) => Promise<void>,
): Promise<void> {
  const { value: task, revision } = await openTaskOf(taskId, ports);
  const now = ports.clock.now();
  if ((task.claimedUntil ?? 0) > now) throw claimed(taskId);
  const { sealedToken = "" } = task;
  const taskToken = await ports.sealer.unseal(sealedToken, { taskId, kind: task.subject.kind });
  await claim({ ...task, claimedUntil: now + CLAIM_MILLISECONDS }, revision, ports);
  try {
    await passOn(taskToken);
  } catch (error) {
    if (!isFlowError(error, "TaskNotFound")) {
      await writeTask({ ...withoutToken(task), sealedToken }, revision + 1, ports.records);
      throw error;
    }
    await closeTask(taskId, endingUnanswered(task, ports.clock.now()), ports);
    throw new FlowError("TaskExpired", `The flow no longer waits for task ${taskId}`, { cause: error });
  }
  const answeredAt = new Date(ports.clock.now()).toISOString();
  await closeTask(taskId, { status, answeredBy: ports.answeredBy, answeredAt }, ports);
}

async function openTaskOf(taskId: string, { records }: Pick<Ports, "records">) {
  const stored = await storedTask(taskId, records);
  const { status, answeredBy, answeredAt } = stored.value;
  if (status === "open") return stored;
  if (answeredBy === undefined) throw new FlowError("TaskExpired", `Task ${taskId} is ${status}`);
  const message = `Task ${taskId} was ${status} by ${answeredBy} at ${answeredAt}`;
  throw new FlowError("TaskAlreadyAnswered", message);
}

async function claim(task: StoredTask, revision: number, { records }: Needs): Promise<void> {
  try {
    await writeTask(task, revision, records);
  } catch (error) {
    if (isFlowError(error, "ConflictingOperation")) throw claimed(task.id, error);
    throw error;
  }
}

function claimed(taskId: string, cause?: unknown): FlowError {
  const message = `Another answer to task ${taskId} is being passed on: look at the task again in a minute`;
  return new FlowError("ConflictingOperation", message, { cause });
}
