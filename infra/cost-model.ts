/** What a deployment does in a month. */
export interface Month {
  /** Runs of each flow, and how many states a run enters. */
  readonly flows: readonly { readonly name: string; readonly runs: number; readonly states: number }[];
  /** Invocations beside those of flows: webhook, events, reminders, subscriptions, API. */
  readonly otherInvocations: number;
  /** Mean time of an invocation, and the memory of a function. */
  readonly seconds: number;
  readonly gigabytes: number;
  readonly secrets: number;
  readonly keys: number;
  readonly alarms: number;
  readonly metrics: number;
  readonly dashboards: number;
  readonly logGigabytes: number;
  readonly apiRequests: number;
  /** Events that Landbridge publishes itself; those of AWS cost nothing. */
  readonly ownEvents: number;
  readonly tableReads: number;
  readonly tableWrites: number;
  readonly objectWrites: number;
}

export interface CostLine {
  readonly what: string;
  readonly amount: number;
  readonly unit: string;
  /** Free each month; some only in an account's first year are not counted. */
  readonly free: number;
  /** US dollars. */
  readonly usd: number;
}

interface Price {
  readonly what: string;
  readonly unit: string;
  readonly free: number;
  /** US dollars for `per` units. */
  readonly usd: number;
  readonly per: number;
  readonly amount: (month: Month) => number;
}

/** Published prices of us-east-1 and eu-west-1, which differ by a few per cent (pricing pages of the services, 2026). */
const PRICES: readonly Price[] = [
  {
    what: "Step Functions, Standard",
    unit: "state transitions",
    free: 4_000,
    usd: 0.025,
    per: 1_000,
    amount: transitionsOf,
  },
  {
    what: "Lambda, requests",
    unit: "requests",
    free: 1_000_000,
    usd: 0.2,
    per: 1_000_000,
    amount: invocationsOf,
  },
  {
    what: "Lambda, arm64",
    unit: "GB-seconds",
    free: 400_000,
    usd: 0.0000133334,
    per: 1,
    amount: (month) => invocationsOf(month) * month.seconds * month.gigabytes,
  },
  { what: "Secrets Manager", unit: "secrets", free: 0, usd: 0.4, per: 1, amount: ({ secrets }) => secrets },
  { what: "KMS", unit: "keys", free: 0, usd: 1, per: 1, amount: ({ keys }) => keys },
  { what: "CloudWatch alarms", unit: "alarms", free: 10, usd: 0.1, per: 1, amount: ({ alarms }) => alarms },
  {
    what: "CloudWatch metrics",
    unit: "metrics",
    free: 10,
    usd: 0.3,
    per: 1,
    amount: ({ metrics }) => metrics,
  },
  {
    what: "CloudWatch dashboards",
    unit: "dashboards",
    free: 3,
    usd: 3,
    per: 1,
    amount: ({ dashboards }) => dashboards,
  },
  {
    what: "CloudWatch logs",
    unit: "GB",
    free: 5,
    usd: 0.5,
    per: 1,
    amount: ({ logGigabytes }) => logGigabytes,
  },
  {
    what: "API Gateway, HTTP",
    unit: "requests",
    free: 0,
    usd: 1,
    per: 1_000_000,
    amount: ({ apiRequests }) => apiRequests,
  },
  {
    what: "EventBridge",
    unit: "own events",
    free: 0,
    usd: 1,
    per: 1_000_000,
    amount: ({ ownEvents }) => ownEvents,
  },
  {
    what: "DynamoDB, reads",
    unit: "requests",
    free: 0,
    usd: 0.125,
    per: 1_000_000,
    amount: ({ tableReads }) => tableReads,
  },
  {
    what: "DynamoDB, writes",
    unit: "requests",
    free: 0,
    usd: 0.625,
    per: 1_000_000,
    amount: ({ tableWrites }) => tableWrites,
  },
  {
    what: "S3, writes",
    unit: "requests",
    free: 0,
    usd: 0.005,
    per: 1_000,
    amount: ({ objectWrites }) => objectWrites,
  },
];

/** Every line of the bill, with and without what is free each month. */
export function costOf(month: Month): {
  readonly lines: readonly CostLine[];
  readonly usd: number;
  readonly usdWithoutFreeTiers: number;
} {
  const lines = PRICES.map(({ what, unit, free, usd, per, amount }) => {
    const used = Math.ceil(amount(month));
    return { what, unit, free, amount: used, usd: (Math.max(0, used - free) / per) * usd };
  });
  const usdWithoutFreeTiers = PRICES.reduce(
    (sum, { usd, per, amount }) => sum + (amount(month) / per) * usd,
    0,
  );
  return { lines, usd: lines.reduce((sum, line) => sum + line.usd, 0), usdWithoutFreeTiers };
}

/** Entering a state is a transition, and so is starting (Step Functions pricing: retries count too). */
function transitionsOf({ flows }: Month): number {
  return flows.reduce((sum, { runs, states }) => sum + runs * (states + 1), 0);
}

/** Not every state invokes a function: this counts as if. */
function invocationsOf({ flows, otherInvocations }: Month): number {
  return flows.reduce((sum, { runs, states }) => sum + runs * states, otherInvocations);
}
