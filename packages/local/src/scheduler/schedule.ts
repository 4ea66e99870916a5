import type { RetryPolicy } from "../delivery/deliver.ts";

/** Member names are those of CreateSchedule; times are milliseconds since the epoch. */
export interface ScheduleRequest {
  readonly Name: string;
  readonly GroupName?: string;
  readonly ScheduleExpression: string;
  /** UTC when absent. */
  readonly ScheduleExpressionTimezone?: string;
  readonly StartDate?: number;
  readonly EndDate?: number;
  readonly FlexibleTimeWindow: {
    readonly Mode: "OFF" | "FLEXIBLE";
    readonly MaximumWindowInMinutes?: number;
  };
  readonly State?: "ENABLED" | "DISABLED";
  readonly ActionAfterCompletion?: "NONE" | "DELETE";
  readonly Description?: string;
  readonly ClientToken?: string;
  readonly Target: ScheduleTarget;
}

export interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  /** JSON text, which may contain context attributes such as `<aws.scheduler.scheduled-time>`. */
  readonly Input?: string;
  readonly RetryPolicy?: RetryPolicy;
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

/** Times are milliseconds since the epoch. */
export interface ScheduleDescription extends Omit<ScheduleRequest, "ClientToken"> {
  readonly Arn: string;
  readonly GroupName: string;
  readonly State: "ENABLED" | "DISABLED";
  readonly CreationDate: number;
  readonly LastModificationDate: number;
}
