import type { ApplyOutcome } from "../apply/outcome.ts";
import type { ProvisioningOutcome } from "../apply/provisioning.ts";
import type { Organization } from "../model/organization.ts";
import type { Plan } from "../plan/plan.ts";

export interface VerifyInput {
  readonly plan: Plan;
  readonly assignments: Pick<ApplyOutcome, "failed">;
  readonly roles: Pick<ProvisioningOutcome, "failed">;
  /** Name to ARN of every permission set. */
  readonly arns: Readonly<Record<string, string>>;
  readonly organization: Organization;
  /** The previous invocation's result; null at first. */
  readonly earlier: VerifiedAccess | null;
  /** Milliseconds since the epoch after which no question is asked. */
  readonly deadline: number;
}

/** The progress of the verification, from which the next invocation continues. */
export interface VerifiedAccess {
  /** Changes and permission sets that are as reported. */
  readonly verified: number;
  /** How many questions were asked, and how many are left. */
  readonly asked: number;
  readonly remaining: number;
  /** Whether assignments are read by place, one listing for each account and permission set, or by principal. */
  readonly isByPlace: boolean;
}
