import type * as z from "zod";
import { FlowError } from "../errors.ts";
import type { CheckContext, CheckedAnswer } from "./task-kind.ts";
import { TASK_KINDS, taskKind, type TaskSubject } from "./task-kinds.ts";

/**
 * Checks an answer against its task.
 * @throws {FlowError} AnswerRefused, WrongTask, and the refusals of the kind: the task stays open
 */
export async function checkAnswer(
  subject: TaskSubject,
  answer: unknown,
  context: CheckContext,
): Promise<CheckedAnswer> {
  const kind = taskKind(subject.kind);
  const { success, data, error } = kind.answer.safeParse(answer);
  if (success) return kind.check(subject, data, context);
  const meant = TASK_KINDS.filter((other) => other !== kind && other.answer.safeParse(answer).success);
  if (meant.length > 0) {
    const kinds = meant.map((other) => other.kind).join(" or ");
    throw new FlowError("WrongTask", `This task is of kind ${kind.kind}; the answer fits ${kinds}`);
  }
  throw new FlowError("AnswerRefused", error.issues.map(explain).join("; "));
}

/** By the field's name and never its value, which may be a secret. */
function explain({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}
