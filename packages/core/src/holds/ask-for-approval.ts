import type { PolicyRef } from "../policy-versions/policy-ref.ts";
import type { Ports } from "../ports/ports.ts";
import type { RunOrigin } from "../provenance/find-origin.ts";
import { provenanceOf } from "../provenance/provenance.ts";
import type { Settings } from "../settings.ts";
import { releaseFence } from "../sync-access/fence.ts";
import { openTask } from "../tasks/open-task.ts";
import type { WaitingState } from "../tasks/operator-task.ts";
import { lineageOf, type PlanLineage, readHold, writeHold } from "./hold.ts";

interface Question extends PlanLineage {
  readonly planKey: string;
  readonly planHash: string;
  readonly policy: PolicyRef;
  /** Sentences: which guardrails hold the plan. */
  readonly reasons: readonly string[];
  readonly origin: RunOrigin;
  readonly fence: number;
}

type Needs = Pick<Ports, "records" | "sealer" | "clock" | "events" | "newId"> & {
  readonly settings: Pick<Settings, "approvers">;
};

/**
 * Opens the approval task and records the hold; then other runs may continue, and find it.
 * @throws {FlowError} ConflictingOperation when another run has written the hold meanwhile
 */
export async function askForApproval(
  { planKey, planHash, policy, scope, reasons, origin, fence }: Question,
  waiting: WaitingState,
  ports: Needs,
): Promise<{ taskId: string }> {
  const lineage = lineageOf({ policy, scope });
  const before = await readHold(lineage, ports);
  const provenance = await provenanceOf(origin, policy, ports);
  const { versionId, hash, isProposal } = policy;
  const { taskId } = await openTask(
    {
      kind: "plan-approval",
      planKey,
      planHash,
      reasons,
      policy: { versionId, hash, isProposal },
      origin,
      provenance,
      approvers: ports.settings.approvers,
    },
    waiting,
    ports,
  );
  const { executionArn } = waiting;
  const since = new Date(ports.clock.now()).toISOString();
  const hold = { planHash, executionArn, taskId, since, additionsTriedFor: planHash };
  await writeHold(lineage, hold, before, ports);
  await releaseFence(fence, ports);
  return { taskId };
}
