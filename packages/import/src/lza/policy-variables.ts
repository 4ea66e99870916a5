import type { GlobalConfig, ZoneAccount } from "./schemas.ts";

interface Known {
  readonly accounts: readonly ZoneAccount[];
  readonly ids: ReadonlyMap<string, string>;
  /** Values from `replacements-config.yaml`. */
  readonly defined: ReadonlyMap<string, string | readonly string[]>;
  readonly global: GlobalConfig;
}

/** IAM's own variables have a colon after a lower-case word (`${aws:username}`) and stay. */
const VARIABLE = /\$\{([A-Z][A-Z_]*|ACCEL_LOOKUP::[^{}]*)\}/g;

/** Text by name of each `${…}` of policy files that is known: lists with brackets, account ids in quotes. */
export function policyVariables({ accounts, ids, defined, global }: Known): Map<string, string> {
  const known = new Map<string, string | undefined>([
    ["PARTITION", "aws"],
    // Identity Center is set up from the management account, so policies are created in this account.
    ["ACCOUNT_ID", ids.get("Management")],
    ["MANAGEMENT_ACCOUNT_ID", ids.get("Management")],
    ["AUDIT_ACCOUNT_ID", ids.get("Audit")],
    ["LOGARCHIVE_ACCOUNT_ID", ids.get("LogArchive")],
    ["HOME_REGION", global.homeRegion ?? undefined],
    ["REGION", global.homeRegion ?? undefined],
    ["MANAGEMENT_ACCOUNT_ACCESS_ROLE", global.managementAccountAccessRole ?? undefined],
    ["ACCEL_LOOKUP::ACCOUNT_ID:ORG", quoted([...ids.values()])],
  ]);
  for (const [key, value] of defined)
    known.set(`ACCEL_LOOKUP::CUSTOM:${key}`, typeof value === "string" ? value : JSON.stringify(value));
  for (const [name, id] of ids) known.set(`ACCEL_LOOKUP::ACCOUNT_ID:ACCOUNT:${name}`, quoted([id]));
  for (const [unit, inside] of Map.groupBy(accounts, ({ organizationalUnit }) => organizationalUnit)) {
    const idsInside = inside.flatMap(({ name }) => ids.get(name) ?? []);
    known.set(`ACCEL_LOOKUP::ACCOUNT_ID:OU:${unit}`, quoted(idsInside));
  }
  return new Map([...known].flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

/** Puts in what is known; reports every other variable, with its place in the text. */
export function replaceVariables(
  text: string,
  variables: ReadonlyMap<string, string>,
  report: (variable: string, offset: number) => void,
): string {
  return text.replaceAll(VARIABLE, (whole: string, name: string, offset: number) => {
    const value = variables.get(name);
    if (value === undefined) report(whole, offset);
    return value ?? whole;
  });
}

function quoted(ids: readonly string[]): string {
  return ids.map((id) => JSON.stringify(id)).join(",");
}
