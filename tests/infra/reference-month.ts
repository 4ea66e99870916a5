import { readFileSync } from "node:fs";
import { GetExecutionHistoryCommand } from "@aws-sdk/client-sfn";
import type { Happening, Usage } from "../../infra/cost-model.ts";
import type { Synthesis } from "../../infra/synth/synth.ts";
import { FIGURES } from "../../packages/core/src/model/concern.ts";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { arrivingDirectory } from "../support/small-company.ts";
import { resourcesOf, ROOT } from "./synthesis.ts";

const MINUTE = 60_000;
const DAYS = 30;
const EVENTS = 2000;
/** A drain handles a minute's events: events that come in pairs need half as many. */
const DRAINS = 1000;
const API_REQUESTS = 1000;
/** Mean of an invocation, and what functions have. Most of a step is waiting for AWS or Graph. */
const SECONDS = 2;
const GIGABYTES = 0.5;
const LOG_GIGABYTES = 0.5;
/** `health_warnings` and `health_critical` in addition to the figures: `functions/_shared/emit-metrics.ts`. */
const METRICS = FIGURES.length + 2;

/** Usage of real flows on the sandbox, if nothing is due and access is as it should be. */
export async function measureHappenings(): Promise<Happening[]> {
  const host = await aFlowHost({ directory: arrivingDirectory(), reactsToEvents: true });
  await host.run("connect", {}, silent);
  await host.deps.clock.sleep(30 * MINUTE);
  const scheduled = (flow: string) => measureRun(host, flow, readExample(flow, "schedule.json"));
  const sync = await measureDaily(host);
  const watch = await scheduled("watch");
  const token = await scheduled("rotate-token");
  const certificate = await scheduled("rotate-certificate");
  const after = await measureRun(host, "watch", readExample("watch", "after-flow.json"));
  const drain = await measureDrain(host);
  const call = invocations(1);
  return [
    { what: "daily full sync-access", times: DAYS, uses: sync },
    { what: "daily rotate-token, not due", times: DAYS, uses: token },
    { what: "daily rotate-certificate, not due", times: DAYS, uses: certificate },
    { what: "daily watch", times: DAYS, uses: watch },
    { what: "event that marks a change", times: EVENTS, uses: { ...invocations(2), tableWrites: 1 } },
    { what: "drain of marks, with its sync-access", times: DRAINS, uses: drain },
    { what: "watch after another flow", times: 3 * DAYS + DRAINS, uses: after },
    { what: "hourly keep-subscriptions", times: 24 * DAYS, uses: { ...call, tableReads: 2 } },
    { what: "daily reminders", times: DAYS, uses: { ...call, tableReads: 2 } },
    { what: "request to the API", times: API_REQUESTS, uses: { ...call, apiRequests: 1, tableReads: 2 } },
  ];
}

/** The deployment's standing usage, by its synthesized resources. */
export function standingOf(made: Synthesis): Usage {
  const count = (type: string) => resourcesOf(made, type).length;
  return {
    secrets: count("Secret"),
    keys: count("Key"),
    alarms: resourcesOf(made, "MetricAlarm").reduce((sum, { inputs }) => sum + metricsOf(inputs), 0),
    metrics: METRICS,
    dashboards: count("Dashboard"),
    logGigabytes: LOG_GIGABYTES,
  };
}

function metricsOf({ metricQueries }: Readonly<Record<string, unknown>>): number {
  return Array.isArray(metricQueries) ? metricQueries.length : 1;
}

function readExample(flow: string, file: string): object {
  return JSON.parse(readFileSync(`${ROOT}stepfunctions/${flow}/examples/${file}`, "utf8")) as object;
}

async function measureRun(host: FlowHost, flow: string, input: object): Promise<Usage> {
  const before = host.sandbox.calls.calls.length;
  const arn = await host.deps.executions.start(flow, input);
  await host.deps.clock.sleep(10 * MINUTE);
  return usageOf(host, [arn], before);
}

/** Usage of the scheduled run, with the function that starts it. */
async function measureDaily(host: FlowHost): Promise<Usage> {
  const before = host.sandbox.calls.calls.length;
  const { executionArn } = (await host.invoke("events/start-daily-sync", {})) as { executionArn: string };
  await host.deps.clock.sleep(10 * MINUTE);
  return usageOf(host, [executionArn], before);
}

/** Usage of a drain of one group whose members have changed. */
async function measureDrain(host: FlowHost): Promise<Usage> {
  const before = host.sandbox.calls.calls.length;
  const { id } = host.sandbox.entra.directory.addGroup({ name: "Newcomers", users: ["cleo@small.example"] });
  const { entra } = host.sandbox;
  entra
    .groups()
    .find(({ displayName }) => displayName === "Engineers")
    ?.groupIds.add(id);
  await host.deps.clock.sleep(20 * MINUTE);
  const drains = await host.deps.executions.list("drain-changes");
  for (const { arn } of drains) {
    const { history } = await host.deps.executions.read(arn);
    const nested = history.filter(({ what }) => what === "started").map(({ subject }) => subject);
    if (nested.length > 0) return usageOf(host, [arn, ...nested], before);
  }
  throw new Error("No drain has run a sync-access");
}

/** Includes choices and waits, which followers do not see. */
async function statesEntered({ stepFunctions }: FlowHost, executionArn: string): Promise<number> {
  const { events = [] } = await stepFunctions.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  return events.filter(({ stateEnteredEventDetails }) => stateEnteredEventDetails !== undefined).length;
}

/** Usage of executions, and of everything else that ran meanwhile. */
async function usageOf(host: FlowHost, arns: readonly string[], from: number): Promise<Usage> {
  const { deps, sandbox } = host;
  const details = await Promise.all(arns.map((arn) => deps.executions.read(arn)));
  for (const { flow, status } of details)
    if (status !== "SUCCEEDED") throw new Error(`${flow} ended ${status}`);
  const entered = (await Promise.all(arns.map((arn) => statesEntered(host, arn)))).reduce((a, b) => a + b, 0);
  const calls = sandbox.calls.calls.slice(from);
  const count = (service: string, pattern: RegExp) =>
    calls.filter((call) => call.service === service && pattern.test(call.operation)).length;
  return {
    // Starting is one, too.
    transitions: entered + arns.length,
    // Not every state invokes a function; this counts all of them.
    ...invocations(entered),
    tableReads: count("dynamodb", /^(GetItem|Query)/),
    tableWrites: count("dynamodb", /^(UpdateItem|PutItem|DeleteItem)/),
    objectReads: count("s3", /^(Get|Head)Object/),
    objectWrites: count("s3", /^PutObject/),
    secretReads: count("secretsmanager", /./),
    ownEvents: entered,
  };
}

function invocations(count: number): Usage {
  return { invocations: count, gigabyteSeconds: count * SECONDS * GIGABYTES };
}
