/** How reliable a price is: read on the vendor's pricing page, repeated by others, or unverified. */
type Evidence = "pricing page" | "second hand" | "not verified";

interface Price {
  readonly what: string;
  readonly unit: string;
  /** Free each month, forever. */
  readonly free: number;
  /** US dollars for `per` units. */
  readonly usd: number;
  readonly per: number;
  readonly evidence: Evidence;
}

function price(what: string, unit: string, rest: Omit<Price, "what" | "unit">): Price {
  return { what, unit, ...rest };
}

const MILLION = 1_000_000;
const sure = "pricing page";
const secondHand = "second hand";
const unsure = "not verified";

/** Prices of us-east-1, by usage; other regions differ by a few per cent. */
const PRICES = {
  transitions: price("Step Functions, Standard", "transitions", {
    free: 4000,
    usd: 0.025,
    per: 1000,
    evidence: sure,
  }),
  invocations: price("Lambda", "requests", { free: MILLION, usd: 0.2, per: MILLION, evidence: secondHand }),
  gigabyteSeconds: price("Lambda, arm64", "GB-seconds", {
    free: 400_000,
    usd: 0.0000133334,
    per: 1,
    evidence: secondHand,
  }),
  secrets: price("Secrets Manager", "secrets", { free: 0, usd: 0.4, per: 1, evidence: secondHand }),
  secretReads: price("Secrets Manager", "requests", {
    free: 0,
    usd: 0.05,
    per: 10_000,
    evidence: secondHand,
  }),
  keys: price("KMS", "keys", { free: 0, usd: 1, per: 1, evidence: unsure }),
  alarms: price("CloudWatch, alarms", "metrics looked at", { free: 10, usd: 0.1, per: 1, evidence: unsure }),
  metrics: price("CloudWatch, own metrics", "metrics", { free: 10, usd: 0.3, per: 1, evidence: unsure }),
  dashboards: price("CloudWatch, dashboards", "dashboards", { free: 3, usd: 3, per: 1, evidence: unsure }),
  logGigabytes: price("CloudWatch, logs", "GB", { free: 5, usd: 0.5, per: 1, evidence: sure }),
  apiRequests: price("API Gateway, HTTP", "requests", { free: 0, usd: 1, per: MILLION, evidence: unsure }),
  ownEvents: price("EventBridge, own events", "events", {
    free: 0,
    usd: 1,
    per: MILLION,
    evidence: secondHand,
  }),
  tableReads: price("DynamoDB, on demand", "reads", { free: 0, usd: 0.125, per: MILLION, evidence: unsure }),
  tableWrites: price("DynamoDB, on demand", "writes", {
    free: 0,
    usd: 0.625,
    per: MILLION,
    evidence: unsure,
  }),
  objectReads: price("S3", "reads", { free: 0, usd: 0.0004, per: 1000, evidence: unsure }),
  objectWrites: price("S3", "writes", { free: 0, usd: 0.005, per: 1000, evidence: unsure }),
} as const satisfies Record<string, Price>;

type Use = keyof typeof PRICES;
export type Usage = Readonly<Partial<Record<Use, number>>>;

/** Something that happens this many times a month, and what it uses each time. */
export interface Happening {
  readonly what: string;
  readonly times: number;
  readonly uses: Usage;
}

interface Month {
  readonly happenings: readonly Happening[];
  /** Costs that accrue all month, whatever happens. */
  readonly standing: Usage;
}

/** US dollars of a month. */
export function costOf(month: Month): { readonly usd: number; readonly usdWithoutFreeTiers: number } {
  const lines = linesOf(month);
  return {
    usd: lines.reduce((sum, line) => sum + line.usd, 0),
    usdWithoutFreeTiers: lines.reduce((sum, line) => sum + line.usdWithoutFreeTiers, 0),
  };
}

function linesOf({ happenings, standing }: Month) {
  return Object.entries(PRICES).map(([use, one]) => {
    const key = use as Use;
    const amount = happenings.reduce(
      (sum, { times, uses }) => sum + times * (uses[key] ?? 0),
      standing[key] ?? 0,
    );
    return {
      ...one,
      amount,
      usd: (Math.max(0, amount - one.free) / one.per) * one.usd,
      usdWithoutFreeTiers: (amount / one.per) * one.usd,
    };
  });
}

/** Tables in Markdown: what happens, and what it costs. */
export function renderCosts(month: Month): string {
  const { usd, usdWithoutFreeTiers } = costOf(month);
  const happenings = month.happenings.map(({ what, times, uses }) => [
    what,
    number(times),
    number(uses.transitions ?? 0),
    number(times * (uses.transitions ?? 0)),
  ]);
  const lines = linesOf(month).map((line) => [
    line.what,
    `${about(line.amount)} ${line.unit}`,
    line.free === 0 ? "" : number(line.free),
    cents(line.usd),
    cents(line.usdWithoutFreeTiers),
    line.evidence,
  ]);
  return [
    table(["What happens", "times a month", "transitions each", "transitions"], happenings),
    table(
      ["What is paid for", "amount", "free", "USD", "USD without free tiers", "price known from"],
      [
        ...lines,
        ["**Together**", "", "", `**${usd.toFixed(2)}**`, `**${usdWithoutFreeTiers.toFixed(2)}**`, ""],
      ],
    ),
  ].join("\n\n");
}

function cents(usd: number): string {
  return usd > 0 && usd < 0.005 ? "<0.01" : usd.toFixed(2);
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** A call more or less is no news. */
function about(value: number): string {
  return value.toLocaleString("en-US", value < 100 ? {} : { maximumSignificantDigits: 2 });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
