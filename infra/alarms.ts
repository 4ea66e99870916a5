import { nameOf, type Place } from "./place.ts";

const DAY_SECONDS = 86_400;
const FIVE_MINUTES_SECONDS = 300;
/** Namespace and dimension of `functions/_shared/emit-metrics.ts`. */
const NAMESPACE = "Landbridge";
const SERVICE = { service: "landbridge" };

interface Rule {
  readonly name: string;
  /** What is wrong. */
  readonly says: string;
  /** The section of docs/runbooks.md, when it is not that of its name. */
  readonly runbook?: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Record<string, $util.Input<string>>;
  readonly statistic: "Sum" | "Minimum" | "Maximum" | "p95";
  readonly is: "above" | "below";
  readonly threshold: number;
  readonly seconds: number;
  /** How missing data counts. */
  readonly silence?: "breaching" | "notBreaching";
}

/** The figures that the watch measures once a day. Missing data means that it did not run. */
const HEALTH: readonly Rule[] = [
  health(
    "scim-token-days",
    "The SCIM token expires within 14 days: finish rotate-token",
    "scim_token_days_left",
    "below",
    14,
  ),
  health(
    "certificate-days",
    "The signing certificate expires within 14 days: finish rotate-certificate",
    "certificate_days_left",
    "below",
    14,
  ),
  health(
    "graph-credential-days",
    "The app registration's credential expires within 14 days",
    "graph_credential_days_left",
    "below",
    14,
  ),
  health("job-quarantined", "Entra's provisioning job is in quarantine", "entra_job_quarantined", "above", 0),
  health("reconcile-age", "No complete sync-access for 26 hours", "reconcile_age_hours", "above", 26),
  {
    ...health(
      "health-critical",
      "The watch found something critical, or has not run",
      "health_critical",
      "above",
      0,
    ),
    silence: "breaching",
  },
];

function health(name: string, says: string, metric: string, is: "above" | "below", threshold: number): Rule {
  return {
    name,
    says,
    namespace: NAMESPACE,
    metric,
    dimensions: SERVICE,
    statistic: is === "below" ? "Minimum" : "Maximum",
    is,
    threshold,
    seconds: DAY_SECONDS,
    silence: "notBreaching",
  };
}

interface AlarmsArgs {
  readonly topic: aws.sns.Topic;
  readonly machines: ReadonlyMap<string, aws.sfn.StateMachine>;
  readonly queues: Readonly<Record<string, aws.sqs.Queue>>;
  readonly webhook: aws.lambda.Function;
  readonly api: aws.apigatewayv2.Api;
}

/** Each names its section of docs/runbooks.md. */
export function makeAlarms(place: Place, { topic, machines, queues, webhook, api }: AlarmsArgs): void {
  const rules: Rule[] = [
    // One metric per flow, since each costs money: no flow has a time limit that it could exceed, and a stopped one was
    // stopped by a person.
    ...[...machines].map(([flow, { arn }]) => ({
      name: `${flow}-failed`,
      says: `${flow} failed`,
      runbook: "flow-failed",
      namespace: "AWS/States",
      metric: "ExecutionsFailed",
      dimensions: { StateMachineArn: arn },
      statistic: "Sum" as const,
      is: "above" as const,
      threshold: 0,
      seconds: FIVE_MINUTES_SECONDS,
    })),
    ...HEALTH,
    ...Object.entries(queues).map(([kind, queue]) => ({
      name: `dead-${kind}`,
      says: `Something could not be delivered: see queue dead-${kind}`,
      namespace: "AWS/SQS",
      metric: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queue.name },
      statistic: "Maximum" as const,
      is: "above" as const,
      threshold: 0,
      seconds: FIVE_MINUTES_SECONDS,
    })),
    {
      name: "webhook-slow",
      says: "The Graph webhook takes longer than a second: Graph drops notices of slow endpoints",
      namespace: "AWS/Lambda",
      metric: "Duration",
      dimensions: { FunctionName: webhook.name },
      statistic: "p95",
      is: "above",
      threshold: 1000,
      seconds: FIVE_MINUTES_SECONDS,
    },
    {
      name: "functions-throttled",
      says: "Functions are throttled: the account's concurrency is used up",
      namespace: "AWS/Lambda",
      metric: "Throttles",
      statistic: "Sum",
      is: "above",
      threshold: 0,
      seconds: FIVE_MINUTES_SECONDS,
    },
    {
      name: "api-errors",
      says: "The API or the webhook answers with 5xx",
      namespace: "AWS/ApiGateway",
      metric: "5xx",
      dimensions: { ApiId: api.id },
      statistic: "Sum",
      is: "above",
      threshold: 0,
      seconds: FIVE_MINUTES_SECONDS,
    },
  ];
  for (const rule of rules) makeAlarm(place, topic, rule);
}

function makeAlarm(place: Place, topic: aws.sns.Topic, rule: Rule): void {
  const isPercentile = rule.statistic === "p95";
  new aws.cloudwatch.MetricAlarm(`${rule.name}Alarm`, {
    name: nameOf(place, rule.name),
    alarmDescription: `${rule.says}. docs/runbooks.md#${rule.runbook ?? rule.name}`,
    namespace: rule.namespace,
    metricName: rule.metric,
    ...(rule.dimensions && { dimensions: rule.dimensions }),
    ...(isPercentile ? { extendedStatistic: rule.statistic } : { statistic: rule.statistic }),
    comparisonOperator: rule.is === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
    threshold: rule.threshold,
    period: rule.seconds,
    evaluationPeriods: 1,
    treatMissingData: rule.silence ?? "notBreaching",
    alarmActions: [topic.arn],
    okActions: [topic.arn],
  });
}
