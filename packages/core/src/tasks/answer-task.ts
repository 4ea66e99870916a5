import { extendConnection } from "../connect/connection.ts";
import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StoredRecord } from "../ports/record-store.ts";
import { checkAnswer } from "./check-answer.ts";
import { noteDecision } from "./note-decision.ts";
import type { Decision, OperatorTask, StoredTask } from "./operator-task.ts";
import { beingPassedOn, DECLINED, settleTask } from "./settle-task.ts";
import { closeTask, isSame, storedTask, writeTask } from "./task-records.ts";

type Needs = Pick<Ports, "records" | "sealer" | "callbacks" | "clock" | "events"> & {
  /** Who answers: the ARN of the caller in AWS, or the user name of an API. */
  readonly answeredBy: string;
};

/** Longer than passing on an answer takes with every retry: after it, the process that claimed the task has died. */
const CLAIM_MILLISECONDS = 5 * 60_000;

/**
 * The only way to answer a task: checks the answer, records the decision, stores what was learned, completes the flow's wait,
 * closes the task. If any of this fails, the task stays open, and the next answer finds out whether the flow has continued.
 * @throws {FlowError} TaskNotFound, TaskAlreadyAnswered, TaskExpired, ConflictingOperation while another answer is being
 * passed on, and what {@link checkAnswer} throws
 */
export async function answerTask(
  taskId: string,
  answer: unknown,
  ports: Needs & Pick<Ports, "scim" | "secrets" | "tokenSupplier">,
): Promise<void> {
  const { value: task } = await undecidedTask(taskId, ports);
  const { output, learned } = await checkAnswer(task.subject, answer, ports);
  await decide(taskId, { status: "answered" }, ports, async (taskToken) => {
    if (learned) await extendConnection(ports.records, learned);
    await noteDecision(task, null, ports);
    await ports.callbacks.succeed(taskToken, output);
  });
}

/** The operator does not want the step: the flow ends with OperatorDeclined. @throws {FlowError} as {@link answerTask} */
export async function declineTask(taskId: string, reason: string, ports: Needs): Promise<void> {
  const { value: task } = await undecidedTask(taskId, ports);
  const cause = `${task.title}: ${reason}`;
  await decide(taskId, { status: "declined", reason }, ports, async (taskToken) => {
    await noteDecision(task, reason, ports);
    await ports.callbacks.fail(taskToken, DECLINED, cause);
  });
}

/** One of several concurrent decisions claims the task; the others are refused before they have done anything. */
async function decide(
  taskId: string,
  what: Pick<Decision, "status" | "reason">,
  ports: Needs,
  passOn: (taskToken: string) => Promise<void>,
): Promise<void> {
  const { value, revision } = await undecidedTask(taskId, ports);
  const taskToken = await openToken(value, ports);
  const now = ports.clock.now();
  const decision = { ...what, answeredBy: ports.answeredBy, answeredAt: new Date(now).toISOString() };
  const task = { ...value, decision, claimedUntil: now + CLAIM_MILLISECONDS };
  await claim(task, revision, ports);
  try {
    await passOn(taskToken);
  } catch (error) {
    if (!isFlowError(error, "TaskNotFound")) {
      await writeTask({ ...task, claimedUntil: 0 }, revision + 1, ports.records);
      throw error;
    }
    // A call whose answer was lost is repeated, and finds that the state no longer waits: perhaps because of the call itself.
    const settled = await settleTask(task, ports);
    if (!isSame(settled, decision)) throw tooLate(settled, error);
    return;
  }
  await closeTask(task, decision, ports);
}

/**
 * The task, open, and without a decision that has arrived or may yet arrive.
 * @throws {FlowError} TaskNotFound, TaskAlreadyAnswered, TaskExpired, ConflictingOperation
 */
async function undecidedTask(taskId: string, ports: Needs): Promise<StoredRecord<StoredTask>> {
  const stored = await storedTask(taskId, ports.records);
  const { value: task } = stored;
  if (task.status !== "open") throw tooLate(task);
  if ((task.claimedUntil ?? 0) > ports.clock.now()) throw beingPassedOn(taskId);
  if (task.decision && !(await isWaiting(task, ports))) throw tooLate(await settleTask(task, ports));
  return stored;
}

/** Asks the state itself, by a heartbeat. */
async function isWaiting(task: StoredTask, ports: Needs): Promise<boolean> {
  try {
    await ports.callbacks.beat(await openToken(task, ports));
    return true;
  } catch (error) {
    if (isFlowError(error, "TaskNotFound")) return false;
    throw error;
  }
}

function openToken({ id, subject, sealedToken = "" }: StoredTask, { sealer }: Needs): Promise<string> {
  return sealer.unseal(sealedToken, { taskId: id, kind: subject.kind });
}

async function claim(task: StoredTask, revision: number, { records }: Needs): Promise<void> {
  try {
    await writeTask(task, revision, records);
  } catch (error) {
    if (isFlowError(error, "ConflictingOperation")) throw beingPassedOn(task.id, error);
    throw error;
  }
}

/** The error for an answer after the end of a task, or after another decision. */
function tooLate({ id, status, answeredBy, answeredAt }: OperatorTask, cause?: unknown): FlowError {
  if (status === "open") return beingPassedOn(id, cause);
  if (answeredBy === undefined)
    return new FlowError("TaskExpired", `Task ${id} is ${status}: its flow no longer waits for it`, {
      cause,
    });
  const message = `Task ${id} was ${status} by ${answeredBy} at ${answeredAt}`;
  return new FlowError("TaskAlreadyAnswered", message, { cause });
}
