import { isFlowError } from "../errors.ts";
import type { Instance } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";
import type { WriteProof } from "../sync-access/write-proof.ts";

/** A role disappears a little later than the assignment that it was for. */
const ATTEMPTS = 4;
const PAUSE_MILLISECONDS = 5_000;

type Needs = Pick<Ports, "identityCenter" | "records" | "clock" | "events">;

/**
 * Deletes the permission sets that the plan deletes: after the last assignment, since AWS refuses a set that an account
 * still has (DeletePermissionSet, ConflictException). Such a one stays, with a warning, and the next run plans it again.
 */
export async function deletePermissionSets(
  { plan: { permissionSets }, check }: WriteProof,
  instance: Instance,
  ports: Needs,
): Promise<void> {
  for (const { action, name, arn } of permissionSets) {
    if (action !== "delete" || arn === null) continue;
    if (await isDeleted(instance, arn, { ...ports, check })) {
      await ports.records.remove("permission-set", arn);
      continue;
    }
    ports.events.emit("warning.raised", {
      message: `Permission set ${name} was not deleted: an account still has it`,
    });
  }
}

async function isDeleted(
  instance: Instance,
  arn: string,
  { identityCenter, clock, check }: Needs & Pick<WriteProof, "check">,
): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    await check();
    try {
      await identityCenter.deletePermissionSet(instance, arn);
      return true;
    } catch (error) {
      if (!isFlowError(error, "ConflictingOperation")) throw error;
    }
    if (attempt < ATTEMPTS) await clock.sleep(PAUSE_MILLISECONDS);
  }
  return false;
}
