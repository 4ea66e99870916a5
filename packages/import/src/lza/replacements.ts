import { type LandingZone, readConfigFile, readZoneFile } from "./config-file.ts";
import { policyVariables } from "./policy-variables.ts";
import type { TokenValues } from "./replacement-tokens.ts";
import { type AccountsConfig, GlobalConfig, ReplacementsConfig } from "./schemas.ts";

/** The values of placeholders in a landing zone's files, as far as the files give them. */
export interface Replacements {
  /** Values of `{{ … }}` in configuration files. */
  readonly tokens: TokenValues;
  /** Values of `${…}` in policy files, as written there. */
  readonly variables: ReadonlyMap<string, string>;
  /** Region of the Identity Center instance: the landing zone keeps everything of it there. */
  readonly homeRegion: string | null;
}

/**
 * Reads the values that `replacements-config.yaml` and `global-config.yaml`, both optional, and the accounts define (Landing
 * Zone Accelerator, "Configuration Replacement Variables"). Values in the Parameter Store stay unknown.
 */
export async function readReplacements(zone: LandingZone, accounts: AccountsConfig): Promise<Replacements> {
  const defined = await readDefined(zone);
  const ids = accountIdsByName(accounts);
  const tokens = new Map([
    ...allAccounts(accounts).map(({ name }): [string, string] => [name, name]),
    ...[...ids].map(([name, id]): [string, string] => [`account ${name}`, id]),
    ...[...defined].map(([key, value]): [string, string] => [
      key,
      typeof value === "string" ? value : value.join(", "),
    ]),
  ]);
  const global = await readGlobal(zone, tokens);
  return {
    tokens,
    variables: policyVariables({ accounts: allAccounts(accounts), ids, defined, global }),
    homeRegion: global.homeRegion ?? null,
  };
}

export function allAccounts({ mandatoryAccounts, workloadAccounts }: AccountsConfig) {
  return [...mandatoryAccounts, ...workloadAccounts];
}

/** Ids are listed separately from the accounts, by e-mail address. */
export function accountIdsByName(accounts: AccountsConfig): Map<string, string> {
  const byEmail = new Map(
    accounts.accountIds.map(({ email, accountId }) => [email.toLowerCase(), accountId]),
  );
  return new Map(
    allAccounts(accounts).flatMap(({ name, email }): [string, string][] => {
      const id = byEmail.get(email.toLowerCase());
      return id === undefined ? [] : [[name, id]];
    }),
  );
}

async function readDefined(zone: LandingZone): Promise<Map<string, string | readonly string[]>> {
  const name = "replacements-config.yaml";
  if ((await readZoneFile(zone.dir, name)) === undefined) return new Map();
  const file = await readConfigFile(zone, name, { schema: ReplacementsConfig });
  return new Map(
    file.value.globalReplacements.flatMap(({ key, path, value }, index): [string, string | string[]][] => {
      if (value !== undefined && value !== null) return [[key, value]];
      file.note(
        ["globalReplacements", index],
        `the value of ${key} is in the Parameter Store${path ? ` (${path})` : ""} and not read.`,
      );
      return [];
    }),
  );
}

async function readGlobal(zone: LandingZone, tokens: TokenValues): Promise<GlobalConfig> {
  const name = "global-config.yaml";
  if ((await readZoneFile(zone.dir, name)) === undefined) return {};
  return (await readConfigFile(zone, name, { schema: GlobalConfig, tokens })).value;
}
