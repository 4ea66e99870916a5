import type { Ports } from "../ports/ports.ts";
import { type AnswerField, fieldsOf } from "./answer-fields.ts";
import { certificateUpload } from "./kinds/certificate-upload.ts";
import { identitySourceChange } from "./kinds/identity-source-change.ts";
import { newScimToken } from "./kinds/new-scim-token.ts";
import { oldCertificateRemoval } from "./kinds/old-certificate-removal.ts";
import { oldTokenDeletion } from "./kinds/old-token-deletion.ts";
import { planApproval } from "./kinds/plan-approval.ts";
import { scimCredentials } from "./kinds/scim-credentials.ts";
import { serviceProviderMetadata } from "./kinds/service-provider-metadata.ts";
import { testSignIn } from "./kinds/test-sign-in.ts";
import type { TaskGuide, TaskKind } from "./task-kind.ts";

/** Every kind of operator task. A new one is a file in `kinds/` and a line here. */
const KINDS = [
  serviceProviderMetadata,
  identitySourceChange,
  scimCredentials,
  testSignIn,
  newScimToken,
  oldTokenDeletion,
  certificateUpload,
  oldCertificateRemoval,
  planApproval,
] as const;

/** The subject of a task; `kind` is the discriminator. */
export type TaskSubject = (typeof KINDS)[number]["sample"];
export type TaskKindName = TaskSubject["kind"];

export const TASK_KINDS: readonly TaskKind<TaskSubject>[] = KINDS;

export function taskKind(name: TaskKindName): TaskKind<TaskSubject> {
  const found = TASK_KINDS.find(({ kind }) => kind === name);
  if (!found) throw new Error(`Unknown kind of task: ${name}`);
  return found;
}

export function taskGuide(subject: TaskSubject): TaskGuide {
  return taskKind(subject.kind).guide(subject);
}

/**
 * The file that a task needs, checked to be the one that the task is about.
 * @returns null when it needs none
 * @throws {FlowError} IncompleteRead, StoredObjectChanged
 */
export async function readTaskDocument(
  subject: TaskSubject,
  ports: Pick<Ports, "objects">,
): Promise<string | null> {
  return (await taskKind(subject.kind).readDocument?.(subject, ports)) ?? null;
}

/** The fields that the operator is asked for. */
export function answerFields(kind: TaskKindName): AnswerField[] {
  return fieldsOf(taskKind(kind).answer);
}
