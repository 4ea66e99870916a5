import type { ObjectType } from "./object-type.ts";
import { ScimRefusal } from "./scim-errors.ts";

export type ProvisioningAction = "create" | "update" | "disable" | "delete" | "other";

/** What became of one object. */
export interface Outcome {
  readonly objectId: string;
  readonly displayName: string;
  readonly type: ObjectType;
  readonly action: ProvisioningAction;
  readonly status: "success" | "failure" | "skipped";
  /** SCIM id, once known. */
  readonly targetId: string | null;
  readonly error: { readonly code: string; readonly reason: string } | null;
}

interface Subject {
  readonly objectId: string;
  readonly displayName: string;
  readonly type: ObjectType;
}

interface Work {
  readonly action: ProvisioningAction;
  readonly targetId: string | null;
}

/** Does the work; a refusal of the one object is an outcome, everything else is thrown on. */
export async function outcomeOf(
  { objectId, displayName, type }: Subject,
  work: () => Promise<Work>,
): Promise<Outcome> {
  const subject = { objectId, displayName, type };
  try {
    const { action, targetId } = await work();
    // Nothing to change is what the log calls a skipped, redundant export.
    return { ...subject, action, status: action === "other" ? "skipped" : "success", targetId, error: null };
  } catch (error) {
    if (!(error instanceof ScimRefusal)) throw error;
    const { code, message } = error;
    return {
      ...subject,
      action: "other",
      status: "failure",
      targetId: null,
      error: { code, reason: message },
    };
  }
}
