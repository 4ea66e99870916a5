import { readConnection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import { type Concern, CONCERNS, type Figures, type Severity, worstOf } from "../model/concern.ts";
import { keepConcernReport, notDoneReport, readConcernReport } from "./concern-reports.ts";
import { daysUntil } from "./expiry.ts";
import { messageOf } from "./failure-message.ts";
import type { ConcernReport, HealthDocument } from "./health-document.ts";

/** The result of one inspection of this run. */
export interface Inspected {
  readonly concern: Concern;
  /** Absent when it was done. */
  readonly failure?: { readonly name: string; readonly cause: string } | undefined;
}

export interface HealthSummary {
  readonly worst: Severity;
  readonly findings: Readonly<Record<Exclude<Severity, "ok">, number>>;
  readonly healthKey: string;
}

export const LATEST_HEALTH_KEY = "health/latest.json";

type Needs = Pick<Ports, "objects" | "records" | "clock" | "events">;

/** Assembles the health document from what is known about each concern, stores it, and publishes the result. */
export async function publishHealth(inspected: readonly Inspected[], ports: Needs): Promise<HealthSummary> {
  const checkedAt = new Date(ports.clock.now()).toISOString();
  for (const { concern, failure } of inspected) {
    if (!failure) continue;
    const report = notDoneReport(concern, `${failure.name}: ${messageOf(failure.cause)}`, checkedAt);
    await keepConcernReport(report, ports);
  }
  const concerns = await Promise.all(CONCERNS.map((concern) => readConcernReport(concern, ports)));
  const severities = concerns.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const worst = worstOf(severities);
  const document: HealthDocument = {
    version: 1,
    checkedAt,
    worst,
    connection: await describeConnection(ports),
    concerns,
  };
  const text = JSON.stringify(document);
  const historyKey = `health/history/${checkedAt.replaceAll(/[-:]|\.\d+/g, "")}.json`;
  await ports.objects.putText(historyKey, text);
  await ports.objects.putText(LATEST_HEALTH_KEY, text);
  const findings = {
    notice: severities.filter((severity) => severity === "notice").length,
    warning: severities.filter((severity) => severity === "warning").length,
    critical: severities.filter((severity) => severity === "critical").length,
  };
  ports.events.emit("health.checked", {
    worst,
    ...findings,
    figures: figuresOf(concerns, ports.clock.now()),
  });
  return { worst, findings, healthKey: historyKey };
}

async function describeConnection({
  records,
}: Pick<Ports, "records">): Promise<HealthDocument["connection"]> {
  const { application, tenantId, instanceArn, portalUrl, connectedAt } = await readConnection(records);
  return {
    applicationName: application?.displayName ?? null,
    tenantId: tenantId ?? null,
    instanceArn: instanceArn ?? null,
    portalUrl: portalUrl ?? null,
    connectedAt: connectedAt ?? null,
  };
}

/** The days of a concern that this run did not check continue to count down. */
function figuresOf(concerns: readonly ConcernReport[], now: number): Figures {
  const figures: Figures = Object.assign({}, ...concerns.map((report) => report.figures));
  for (const { concern, expiresAt } of concerns) {
    if (expiresAt === null) continue;
    if (concern === "scim-token") figures.scimTokenDaysLeft = daysUntil(expiresAt, now);
    if (concern === "signing-certificate") figures.certificateDaysLeft = daysUntil(expiresAt, now);
  }
  return figures;
}
