import {
  type Concern,
  type ConcernReport,
  type Finding,
  type HealthDocument,
  printableData,
  type Severity,
  worstOf,
} from "@landbridge/core";
import type { makeStyle } from "../streams.ts";

type Style = ReturnType<typeof makeStyle>;

interface RenderOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly style: Style;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The watch runs daily: an older document means that it no longer does. */
const STALE_HOURS = 36;

const TITLES: Readonly<Record<Concern, string>> = {
  connection: "Connection",
  "scim-token": "SCIM token",
  "scim-endpoint": "SCIM endpoint",
  "signing-certificate": "Signing certificate",
  "graph-credential": "Graph credential",
  "change-notifications": "Change notifications",
  "provisioning-job": "Provisioning job",
  "provisioning-failures": "Not provisioned",
  "provisioning-scope": "Provisioning scope",
  "access-drift": "Access",
  "last-sync": "Last full sync",
  "dirty-backlog": "Changes waiting",
  "operator-tasks": "Operator tasks",
};

const COLOURS = { ok: "green", notice: "cyan", warning: "yellow", critical: "red" } as const;
const MARKS = { ok: "✓", notice: "i", warning: "!", critical: "✗" } as const;
const HEADS = { critical: "Critical", warning: "Warning", notice: "Notice" } as const;

/** The document's most severe result, but at least a warning if the watch has not run for long. */
export function severityNow({ worst, checkedAt }: HealthDocument, now: number): Severity {
  return isStale(checkedAt, now) ? worstOf([worst, "warning"]) : worst;
}

/** For a person: what is connected, the state of each concern, and what to do. */
export function renderHealth(document: HealthDocument, options: RenderOptions): string {
  const health = printableData(document);
  const { now, style } = options;
  const lines = [
    ...renderConnection(health, style),
    "",
    renderSummary(health, options),
    ...(isStale(health.checkedAt, now) ? [renderStaleness(style)] : []),
    "",
    ...health.concerns.map((report) => renderConcern(report, options)),
    ...renderFindings(health, style),
  ];
  return `${lines.join("\n")}\n`;
}

function renderConnection({ connection }: HealthDocument, style: Style): string[] {
  const { applicationName, tenantId, instanceArn, portalUrl } = connection;
  if (applicationName === null) return [style("bold", "Not connected")];
  const facts = { Tenant: tenantId, Instance: instanceArn, "People sign in at": portalUrl };
  return [
    style("bold", applicationName),
    ...Object.entries(facts).flatMap(([name, value]) =>
      value === null ? [] : [`  ${name.padEnd(18)} ${value}`],
    ),
  ];
}

function renderSummary({ checkedAt, concerns }: HealthDocument, { now, style }: RenderOptions): string {
  const severities = concerns.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const counts = (["critical", "warning", "notice"] as const)
    .map((severity) => ({ severity, count: severities.filter((one) => one === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => style(COLOURS[severity], `${count} ${plural(severity, count)}`));
  const result = counts.length === 0 ? style("green", "everything is in order") : counts.join(", ");
  return `Checked ${checkedAt.slice(0, 16).replace("T", " ")} UTC, ${ago(checkedAt, now)}: ${result}`;
}

function renderStaleness(style: Style): string {
  return style(
    "yellow",
    `! The watch has not run for more than ${STALE_HOURS} hours: check that its schedule is enabled, or use --refresh.`,
  );
}

function renderConcern(report: ConcernReport, { now, style }: RenderOptions): string {
  const { concern, outcome, state, expiresAt, checkedAt, findings } = report;
  const worst = worstOf(findings.map(({ severity }) => severity));
  const mark = outcome === "not-applicable" ? style("dim", "–") : style(COLOURS[worst], MARKS[worst]);
  const left = expiresAt === null ? "" : `, ${timeLeft(expiresAt, now)}`;
  const age = isStale(checkedAt, now) ? style("dim", ` (looked at ${ago(checkedAt, now)})`) : "";
  return `  ${mark} ${TITLES[concern].padEnd(21)} ${state}${left}${age}`;
}

function renderFindings({ concerns }: HealthDocument, style: Style): string[] {
  const findings = concerns.flatMap((report) => report.findings);
  return (["critical", "warning", "notice"] as const).flatMap((severity) =>
    findings.filter((one) => one.severity === severity).flatMap((one) => renderFinding(one, style)),
  );
}

function renderFinding({ code, severity, what, why, remedy, subjects }: Finding, style: Style): string[] {
  return [
    "",
    `${style(COLOURS[severity], `${MARKS[severity]} ${HEADS[severity]}`)} ${style("bold", code)}`,
    `  ${what}`,
    ...subjects.map(({ name, reason }) => `    ${name}: ${reason}`),
    `  ${style("dim", "Why")}     ${why}`,
    `  ${style("dim", "Remedy")}  ${remedy}`,
  ];
}

function isStale(checkedAt: string, now: number): boolean {
  return now - Date.parse(checkedAt) > STALE_HOURS * HOUR;
}

function ago(time: string, now: number): string {
  const passed = Math.max(0, now - Date.parse(time));
  if (passed < 60_000) return "just now";
  if (passed < HOUR) return `${Math.round(passed / 60_000)} minutes ago`;
  return passed < 2 * DAY ? `${Math.round(passed / HOUR)} hours ago` : `${Math.floor(passed / DAY)} days ago`;
}

function timeLeft(expiresAt: string, now: number): string {
  const left = Date.parse(expiresAt) - now;
  if (left < 0) return "over";
  return left < 2 * DAY ? `${Math.floor(left / HOUR)} hours left` : `${Math.floor(left / DAY)} days left`;
}

function plural(severity: Finding["severity"], count: number): string {
  if (severity === "critical") return severity;
  return count === 1 ? severity : `${severity}s`;
}
