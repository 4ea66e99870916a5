import type { Place } from "./place.ts";

const WIDTH = 12;
const HEIGHT = 6;

/** One look: what flows did, how long things are still good for, what waits, what got lost. */
export function makeDashboard(
  place: Place,
  machines: ReadonlyMap<string, aws.sfn.StateMachine>,
  queues: Readonly<Record<string, aws.sqs.Queue>>,
): void {
  const { region, prefix } = place;
  const flows = [...machines.keys()];
  const kinds = Object.keys(queues);
  const arns = [...machines.values()].map(({ arn }) => arn);
  const names = Object.values(queues).map(({ name }) => name);
  const body = $resolve({ arns: $util.all(arns), names: $util.all(names) }).apply((found) => {
    const executions = (metric: string) =>
      found.arns.map((arn, index) => [
        "AWS/States",
        metric,
        "StateMachineArn",
        arn,
        { label: flows[index] ?? arn },
      ]);
    const widgets = [
      widget("Runs that succeeded", executions("ExecutionsSucceeded")),
      widget("Runs that failed", executions("ExecutionsFailed")),
      widget(
        "Days left",
        health("scim_token_days_left", "certificate_days_left", "graph_credential_days_left"),
        "Minimum",
      ),
      widget("Waiting", health("open_tasks", "dirty_backlog", "drift_count"), "Maximum"),
      widget(
        "Could not be delivered",
        found.names.map((name, index) => [
          "AWS/SQS",
          "ApproximateNumberOfMessagesVisible",
          "QueueName",
          name,
          { label: kinds[index] ?? name },
        ]),
        "Maximum",
      ),
      widget("Hours since the last complete run", health("reconcile_age_hours"), "Maximum"),
    ];
    return JSON.stringify({
      widgets: widgets.map((one, index) => ({
        ...one,
        x: (index % 2) * WIDTH,
        y: Math.floor(index / 2) * HEIGHT,
      })),
    });
  });
  new aws.cloudwatch.Dashboard("Dashboard", { dashboardName: prefix.slice(0, -1), dashboardBody: body });

  function widget(title: string, metrics: unknown[], stat = "Sum") {
    const properties = { title, region, stat, period: 3600, metrics, view: "timeSeries" };
    return { type: "metric", width: WIDTH, height: HEIGHT, properties };
  }
}

/** The watch's figures (`functions/_shared/emit-metrics.ts`). */
function health(...metrics: string[]): string[][] {
  return metrics.map((metric) => ["Landbridge", metric, "service", "landbridge"]);
}
