import type { PlanDecision } from "./model/plan-decision.ts";
import type { Figures, Severity } from "./model/concern.ts";

/** Every event that a flow emits, by code, with its payload. CLI, logs and console are renderers of these. */
export interface FlowEvents {
  /** A person has to act: the flow waits. */
  "operator-task.opened": { readonly taskId: string; readonly kind: string; readonly title: string };
  /** An answer passed its check: the flow continues. */
  "operator-task.answered": { readonly taskId: string; readonly kind: string };
  /** A person still has to act. `deadline`: ISO time; `isLast`: it is less than a day away. */
  "operator-task.reminder": {
    readonly taskId: string;
    readonly kind: string;
    readonly title: string;
    readonly openDays: number;
    readonly deadline: string;
    readonly isLast: boolean;
  };
  /**
   * The task can no longer be answered: `expired`, `withdrawn` because the flow no longer waits, or `superseded` by a
   * newer plan.
   */
  "operator-task.closed": {
    readonly taskId: string;
    readonly kind: string;
    readonly title: string;
    readonly status: string;
  };
  /** Entra's provisioning job, as last read. */
  "provisioning.observed": { readonly status: string; readonly users: number; readonly groups: number };
  /** Entra uses another SCIM token from now on. `expiresAt`: ISO time. */
  "scim-token.promoted": { readonly expiresAt: string };
  /** A plan was stored. */
  "plan.made": {
    readonly planKey: string;
    readonly creates: number;
    readonly deletes: number;
    readonly unchanged: number;
  };
  /** A run of sync-access has ended; the report has the rest. */
  "sync.reported": {
    readonly execution: string;
    readonly reportKey: string;
    readonly requestedBy: string | null;
    readonly result: "planned" | "complete" | "partial" | "paused" | "not-connected" | "held" | "superseded";
    readonly planHash: string;
    readonly created: number;
    readonly deleted: number;
    readonly failed: number;
  };
  /** Somebody approved or declined a plan. For audits: who, when, which plan of which policy. */
  "plan.decided": PlanDecision;
  /** The apply worker made progress. `done` includes `failed`. */
  "assignments.progressed": { readonly done: number; readonly total: number; readonly failed: number };
  /** Roles of permission sets are being updated. `done` includes `failed`. */
  "roles.progressed": { readonly done: number; readonly failed: number };
  /** An event said that something may have changed: a drain will handle it. */
  "changes.marked": { readonly marks: readonly string[]; readonly cause: string };
  /** Somebody else changed Identity Center or its identity store by hand. */
  "foreign-change.seen": {
    readonly operation: string;
    readonly actor: string;
    readonly accountId: string | null;
  };
  /** An event of an unknown shape; it goes to the dead-letter queue. */
  "event.not-understood": { readonly source: string; readonly detailType: string; readonly reason: string };
  /** AWS Health announces that a SCIM token ends. */
  "scim-token.expiry-announced": { readonly eventTypeCode: string };
  /** The result of keeping the subscription to Graph's change notifications. */
  "subscription.kept": {
    readonly outcome: "created" | "renewed" | "unchanged" | "none";
    readonly expiresAt: string | null;
    readonly changedGroups: number;
  };
  /** A caller of the API changed something, or tried to. */
  "api.called": {
    readonly caller: string;
    readonly method: string;
    readonly path: string;
    readonly status: number;
  };
  /** A caller of the API lacks the role that a request needs. */
  "api.refused": {
    readonly caller: string;
    readonly method: string;
    readonly path: string;
    readonly role: string;
  };
  /** The watch has run all its checks: the number of findings by severity, and the figures behind them. */
  "health.checked": {
    readonly worst: Severity;
    readonly notice: number;
    readonly warning: number;
    readonly critical: number;
    readonly figures: Figures;
  };
  /** Something that does not stop the run but that people should know. */
  "warning.raised": { readonly message: string };
}

export type FlowEventCode = keyof FlowEvents;

/** Receives events. Must not throw and must not wait. */
export interface EventSink {
  emit<C extends FlowEventCode>(code: C, payload: FlowEvents[C]): void;
}
