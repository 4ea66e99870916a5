import type { Ports } from "../ports/ports.ts";
import { provenanceOf } from "../provenance/provenance.ts";
import type { Settings } from "../settings.ts";
import { storedTask, writeTask } from "../tasks/task-records.ts";

/**
 * Updates an open approval: the deployment's approvers, the run's starter and the policy's author.
 * @throws {FlowError} TaskNotFound; ConflictingOperation when somebody answers it at this moment
 */
export async function refreshTask(
  taskId: string,
  {
    settings,
    records,
    clock,
  }: Pick<Ports, "records" | "clock"> & { readonly settings: Pick<Settings, "approvers"> },
): Promise<void> {
  const { value: task, revision } = await storedTask(taskId, records);
  const { subject, status, claimedUntil = 0 } = task;
  if (subject.kind !== "plan-approval" || status !== "open" || claimedUntil > clock.now()) return;
  const provenance = await provenanceOf(subject.origin, subject.policy, { records });
  const { approvers } = settings;
  if (JSON.stringify([provenance, approvers]) === JSON.stringify([subject.provenance, subject.approvers]))
    return;
  await writeTask({ ...task, subject: { ...subject, provenance, approvers } }, revision, records);
}
