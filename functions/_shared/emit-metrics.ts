import { type MetricUnit, Metrics, MetricUnit as Unit } from "@aws-lambda-powertools/metrics";
import type { EventSink, Figure, FlowEvents } from "@landbridge/core";
import { logEvents } from "./log-events.ts";
import type { Wiring } from "./wiring.ts";

interface Metric {
  readonly name: string;
  readonly unit: (typeof MetricUnit)[keyof typeof MetricUnit];
}

/** CloudWatch has no unit for days and hours. */
const METRICS: Readonly<Record<Figure, Metric>> = {
  scimTokenDaysLeft: { name: "scim_token_days_left", unit: Unit.NoUnit },
  certificateDaysLeft: { name: "certificate_days_left", unit: Unit.NoUnit },
  graphCredentialDaysLeft: { name: "graph_credential_days_left", unit: Unit.NoUnit },
  subscriptionHoursLeft: { name: "subscription_hours_left", unit: Unit.NoUnit },
  driftCount: { name: "drift_count", unit: Unit.Count },
  jobQuarantined: { name: "entra_job_quarantined", unit: Unit.Count },
  provisioningFailures: { name: "provisioning_failures", unit: Unit.Count },
  dirtyBacklog: { name: "dirty_backlog", unit: Unit.Count },
  openTasks: { name: "open_tasks", unit: Unit.Count },
  reconcileAgeHours: { name: "reconcile_age_hours", unit: Unit.NoUnit },
};

/**
 * Port `events` of a step whose events are also metrics: writes CloudWatch's embedded metric format in addition to the log.
 * If events do not go to a function's log, there are no metrics either.
 */
export function events({ events: sink }: Pick<Wiring, "events">): EventSink {
  if (sink !== logEvents) return sink;
  const metrics = new Metrics({ namespace: "Landbridge", serviceName: "landbridge" });
  return {
    emit(code, payload) {
      sink.emit(code, payload);
      if (code === "health.checked") emitHealth(payload as FlowEvents["health.checked"], metrics);
    },
  };
}

/** Leaves out unknown numbers: an alarm on missing data reacts to a metric without data. */
function emitHealth({ warning, critical, figures }: FlowEvents["health.checked"], metrics: Metrics): void {
  for (const [figure, value] of Object.entries(figures)) {
    const { name, unit } = METRICS[figure as Figure];
    metrics.addMetric(name, unit, value);
  }
  metrics.addMetric("health_warnings", Unit.Count, warning);
  metrics.addMetric("health_critical", Unit.Count, critical);
  metrics.publishStoredMetrics();
}
