import { isFlowError } from "../errors.ts";
import type { Instance } from "../model/instance.ts";
import type { PermissionSetChange } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { WriteProof } from "../sync-access/write-proof.ts";

/** A role disappears a little later than the assignment that it was for. */
const ATTEMPTS = 4;
const PAUSE_MILLISECONDS = 5_000;

type Needs = Pick<Ports, "identityCenter" | "records" | "clock" | "events">;

/**
 * Deletes the plan's permission sets after the last assignment, since AWS refuses to delete a set that an account still
 * has (DeletePermissionSet, ConflictException). Such sets, and those left at the deadline, stay with a warning; the
 * next run plans them again.
 */
export async function deletePermissionSets(
  { plan, check }: WriteProof,
  { instance, deadline }: { readonly instance: Instance; readonly deadline: number },
  { identityCenter, clock, ...ports }: Needs,
): Promise<void> {
  let left = plan.permissionSets.filter(({ action, arn }) => action === "delete" && arn !== null);
  for (let attempt = 1; attempt <= ATTEMPTS && left.length > 0; attempt += 1) {
    if (attempt > 1) await clock.sleep(PAUSE_MILLISECONDS);
    const refused: PermissionSetChange[] = [];
    for (const change of left) if (!(await isDeleted(change.arn ?? ""))) refused.push(change);
    left = refused;
  }
  for (const { name } of left) {
    ports.events.emit("warning.raised", {
      message: `Permission set ${name} was not deleted: an account still has it, or the time was up`,
    });
  }

  async function isDeleted(arn: string): Promise<boolean> {
    if (clock.now() >= deadline) return false;
    await check();
    try {
      await identityCenter.deletePermissionSet(instance, arn);
    } catch (error) {
      if (!isFlowError(error, "ConflictingOperation")) throw error;
      return false;
    }
    await ports.records.remove("permission-set", arn);
    return true;
  }
}
