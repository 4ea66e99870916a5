/** Why a change is in the plan. */
export interface Reason {
  /** Name of the rule that asks for it, or did until it expired; null if no rule asks for it any more. */
  readonly rule: string | null;
  /** `access.yaml:12` or null. */
  readonly where: string | null;
  readonly text: string;
}
