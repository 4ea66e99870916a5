/** Every event that a flow emits, by code, with its payload. CLI, logs and console are renderers of these. */
export interface FlowEvents {
  /** A person has to act: the flow waits. */
  "operator-task.opened": { readonly taskId: string; readonly kind: string; readonly title: string };
  /** An answer passed its check: the flow goes on. */
  "operator-task.answered": { readonly taskId: string; readonly kind: string };
  /** Entra's provisioning job, as last read. */
  "provisioning.observed": { readonly status: string; readonly users: number; readonly groups: number };
  /** A plan was stored. */
  "plan.made": {
    readonly planKey: string;
    readonly creates: number;
    readonly deletes: number;
    readonly unchanged: number;
  };
  /** The apply worker moved. `done` includes `failed`. */
  "assignments.progressed": { readonly done: number; readonly total: number; readonly failed: number };
  /** Something that does not stop the run and that somebody should know. */
  "warning.raised": { readonly message: string };
}

export type FlowEventCode = keyof FlowEvents;

/** Receives events. Must not throw and must not wait. */
export interface EventSink {
  emit<C extends FlowEventCode>(code: C, payload: FlowEvents[C]): void;
}
