import type { ObjectType } from "./object-type.ts";
import { ReferenceRefusal, ScimRefusal } from "./scim-errors.ts";

export type ProvisioningAction = "create" | "update" | "disable" | "delete" | "stagedDelete" | "other";

/** A value of the target that was, or should have been, changed. */
export interface ModifiedProperty {
  readonly displayName: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

export interface OutcomeError {
  readonly code: string;
  readonly reason: string;
  /** The object itself arrived, a member of it did not. */
  readonly isReference: boolean;
}

/** The object that something became of. */
export interface Subject {
  readonly objectId: string;
  readonly displayName: string;
  readonly type: ObjectType;
}

/** The result for one object. */
export interface Outcome extends Subject {
  readonly action: ProvisioningAction;
  readonly status: "success" | "failure" | "skipped";
  /** SCIM id, once known. */
  readonly targetId: string | null;
  readonly error: OutcomeError | null;
  readonly changes: readonly ModifiedProperty[];
}

export interface Work {
  readonly action: ProvisioningAction;
  readonly targetId: string | null;
  readonly changes: readonly ModifiedProperty[];
}

/**
 * Does the work; a refusal of the one object is an outcome, everything else is thrown on.
 * @param attempted what a refused work was to do
 */
export async function outcomeOf(
  { objectId, displayName, type }: Subject,
  attempted: ProvisioningAction,
  work: () => Promise<Work>,
): Promise<Outcome> {
  const subject = { objectId, displayName, type };
  try {
    const { action, targetId, changes } = await work();
    // The log calls an export without changes skipped, or redundant.
    const status = action === "other" ? "skipped" : "success";
    return { ...subject, action, status, targetId, error: null, changes };
  } catch (error) {
    if (!(error instanceof ScimRefusal)) throw error;
    const { code, message } = error;
    const isReference = error instanceof ReferenceRefusal;
    const reason = { code, reason: message, isReference };
    return notDone(subject, { action: attempted, status: "failure", error: reason });
  }
}

/** An outcome without any effect. */
export function notDone(
  { objectId, displayName, type }: Subject,
  what: Pick<Outcome, "status" | "error"> & Partial<Outcome>,
): Outcome {
  return { objectId, displayName, type, action: "other", targetId: null, changes: [], ...what };
}
