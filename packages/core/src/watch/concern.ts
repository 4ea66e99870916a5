/** What the watch looks at, in the order in which people read it. Each is inspected by itself and fails by itself. */
export const CONCERNS = [
  "connection",
  "scim-token",
  "scim-endpoint",
  "signing-certificate",
  "graph-credential",
  "change-notifications",
  "provisioning-job",
  "provisioning-failures",
  "provisioning-scope",
  "access-drift",
  "last-sync",
  "dirty-backlog",
  "operator-tasks",
] as const;
export type Concern = (typeof CONCERNS)[number];

/** Those that the access policy is read for: a state and a function of their own, for what this takes. */
export const ACCESS_CONCERNS = ["provisioning-scope", "last-sync"] as const;
export type AccessConcern = (typeof ACCESS_CONCERNS)[number];
/** The one that needs the whole instance: states read it, slice by slice, before a function judges it. */
export const DRIFT_CONCERN = "access-drift";
/** The others. */
export type ConnectionConcern = Exclude<Concern, AccessConcern | typeof DRIFT_CONCERN>;

/** From harmless to urgent: `warning` wants an action in the next days, `critical` means that something fails, or soon will. */
export const SEVERITIES = ["ok", "notice", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export function worstOf(severities: Iterable<Severity>): Severity {
  let worst: Severity = "ok";
  for (const severity of severities)
    if (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(worst)) worst = severity;
  return worst;
}

/** Numbers that are worth a line over time: what metrics are made of. */
export const FIGURES = [
  "scimTokenDaysLeft",
  "certificateDaysLeft",
  "graphCredentialDaysLeft",
  "subscriptionHoursLeft",
  "driftCount",
  "jobQuarantined",
  "provisioningFailures",
  "dirtyBacklog",
  "openTasks",
  "reconcileAgeHours",
] as const;
export type Figure = (typeof FIGURES)[number];
export type Figures = Partial<Record<Figure, number>>;
