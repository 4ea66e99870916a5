/**
 * Record `decision/<plan hash>`: a decision about a plan, written before its run receives it. There is one for each run
 * that asks; a later run that asks about the same plan replaces it.
 */
export interface PlanDecision {
  readonly planHash: string;
  /** Version of the policy object, or of the proposal. */
  readonly policyVersion: string;
  readonly policyHash: string;
  /** Hash of the proposal that the plan is for; null: it is for the policy in force. */
  readonly proposal: string | null;
  readonly decision: "approved" | "declined";
  readonly decidedBy: string;
  /** ISO time. */
  readonly at: string;
  /** Why it was declined; null for an approval. */
  readonly reason: string | null;
  readonly taskId: string;
  readonly executionArn: string;
}
