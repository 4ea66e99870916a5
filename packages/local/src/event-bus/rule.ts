import type { RetryPolicy } from "../delivery/deliver.ts";
import type { EventTest } from "./pattern/compile-pattern.ts";

export const RULE_STATES = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] as const;
export type RuleState = (typeof RULE_STATES)[number];

/** Member names are those of PutTargets. */
export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  /** JSON text. */
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
  readonly RetryPolicy?: RetryPolicy;
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** JSON text. */
  readonly pattern: string;
  readonly matches: EventTest;
  readonly state: RuleState;
  readonly description?: string;
  readonly roleArn?: string;
  /** Targets by id, oldest first. */
  readonly targets: ReadonlyMap<string, Target>;
}
