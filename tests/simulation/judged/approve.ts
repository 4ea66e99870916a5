import type { LocalHost } from "@landbridge/host/local-host";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { answerTask, isFlowError, readTask } from "@landbridge/core";
import { type Company, DAY, MINUTE, PEOPLE, shuffled } from "./people.ts";

/** Everybody tries to approve; nobody may approve what they wrote or started. */
export async function answer(
  host: LocalHost,
  task: { readonly taskId: string; readonly kind: string },
  company: () => Company | null,
): Promise<void> {
  if (task.kind !== "plan-approval") return answerAsOperator(host, task as never);
  const now = company();
  if (!now) return;
  const { random, book, deps } = now;
  if (now.isWild && random.next() < 0.3) return;
  await host.deps.clock.sleep(random.next() * (now.isWild ? 3 * DAY : MINUTE));
  const { subject, executionArn } = await readTask(task.taskId, deps);
  if (subject.kind !== "plan-approval") return;
  const deletions = await countDeletions(deps, subject.planKey);
  for (const person of shuffled(random, PEOPLE)) {
    try {
      // Noted first: an approved plan is applied before the approver gets the answer.
      book.approved(deletions, executionArn, host.deps.clock.now());
      await answerTask(task.taskId, { confirmation: "APPROVE" }, { ...deps, answeredBy: person });
      for (const theirs of [subject.policy.versionId, executionArn])
        if (now.authors.get(theirs) === person)
          book.violations.push(`${person} approved what they brought about`);
      return;
    } catch (error) {
      if (!isFlowError(error)) throw error;
      // One that is only lost may have arrived.
      if (!error.retryable) book.approved(-deletions, executionArn, host.deps.clock.now());
    }
  }
}

async function countDeletions({ objects }: Company["deps"], planKey: string): Promise<number> {
  const plan = JSON.parse(await objects.readText(planKey)) as { counts: { deletes: number } };
  return plan.counts.deletes;
}
