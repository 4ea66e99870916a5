import type { PolicyRef } from "../policy-versions/policy-ref.ts";
import type { PlanLineage } from "./hold.ts";

/** A run whose plan the guardrails hold. */
export interface HeldRun extends PlanLineage {
  readonly planKey: string;
  readonly planHash: string;
  readonly policy: PolicyRef;
  readonly executionArn: string;
  /** Execution that started it, according to its input, and who asked for it; null if it does not say. */
  readonly parent: string | null;
  readonly requestedBy: string | null;
  /** Whether it may apply only one specific plan. */
  readonly isBound: boolean;
  /** Whether it has already applied a held plan's additions. */
  readonly hasAdded: boolean;
  /** Keys of the plans of this run that it has begun to apply. */
  readonly begunPlans: readonly string[];
  readonly fence: number;
}
