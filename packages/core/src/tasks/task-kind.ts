import type * as z from "zod";
import type { Connection } from "../connect/connection.ts";
import type { ErrorName } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** The text that the operator reads. */
export interface TaskGuide {
  readonly title: string;
  readonly why: string;
  /** What to know before the first step; none if nothing is at risk. */
  readonly warnings?: readonly string[];
  /** One click or action each, for today's AWS console. */
  readonly steps: readonly string[];
  /** A file that a step needs. */
  readonly document?: TaskDocument;
  readonly next: string;
}

/** A file that comes with the task: {@link TaskKind.readDocument}. */
export interface TaskDocument {
  readonly what: string;
  /** The usual name for saving it. */
  readonly fileName: string;
}

/** What checks of answers may use. */
export interface CheckContext extends Pick<
  Ports,
  "scim" | "secrets" | "tokenSupplier" | "clock" | "records"
> {
  /** Who answers: the ARN of the caller in AWS, or the user name of an API. */
  readonly answeredBy: string;
}

export interface CheckedAnswer {
  /** The output of the waiting state; contains no secret. */
  readonly output: object;
  /** What a later run does not have to ask again. */
  readonly learned?: Connection & { readonly identityStoreId: string };
}

/** A person's decision about a task. */
export interface TaskDecision {
  readonly taskId: string;
  readonly executionArn: string;
  /** Whether the task was answered; otherwise it was declined. */
  readonly isYes: boolean;
  readonly by: string;
  /** ISO time. */
  readonly at: string;
  /** Why it was declined. */
  readonly reason: string | null;
}

/**
 * One kind of operator task, in one file of `kinds/`.
 * @typeParam S what the task is about and its answer is checked against: references and small facts, no secret
 * @typeParam A the answer, an object of fields made by `answer-fields.ts`
 */
export interface TaskKind<S extends { readonly kind: string }, A extends z.ZodObject = z.ZodObject> {
  readonly kind: S["kind"];
  guide(subject: S): TaskGuide;
  /** Text of the guide's document. @throws {FlowError} IncompleteRead, StoredObjectChanged */
  readDocument?(subject: S, ports: Pick<Ports, "objects">): Promise<string>;
  readonly answer: A;
  /** Checks an answer whose fields are well-formed. @throws {FlowError} of `refusals`: the task stays open */
  check(subject: S, answer: z.infer<A>, context: CheckContext): Promise<CheckedAnswer>;
  /** Stores a decision for later, before the flow receives it. */
  noteDecision?(
    subject: S,
    decision: TaskDecision,
    ports: Pick<Ports, "records" | "events" | "clock">,
  ): Promise<void>;
  /** The errors of `check`, in addition to AnswerRefused. */
  readonly refusals: readonly ErrorName[];
  /** With placeholders: what the guide page in `docs/guides/` is written from. */
  readonly sample: S;
}
