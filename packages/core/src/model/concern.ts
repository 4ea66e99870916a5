/** What the watch checks, in reading order. Each is inspected separately and fails separately. */
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

/** Those that read the access policy: they have their own state and function, because they take long. */
export const ACCESS_CONCERNS = ["provisioning-scope", "last-sync"] as const;
export type AccessConcern = (typeof ACCESS_CONCERNS)[number];
/** The one that needs the whole instance: states read it, slice by slice, before a function judges it. */
export const DRIFT_CONCERN = "access-drift";
/** The others. */
export type ConnectionConcern = Exclude<Concern, AccessConcern | typeof DRIFT_CONCERN>;

/** From harmless to urgent: `warning` needs action in the next days, `critical` means that something fails, or soon will. */
export const SEVERITIES = ["ok", "notice", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export function worstOf(severities: Iterable<Severity>): Severity {
  let worst: Severity = "ok";
  for (const severity of severities)
    if (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(worst)) worst = severity;
  return worst;
}

/** Figures worth tracking over time; metrics are made from them. */
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
