import { didYouMean } from "@landbridge/core";
import type { SourceFile } from "../source-file.ts";
import type { LandingZone } from "./config-file.ts";
import { accountIdsByName, allAccounts } from "./replacements.ts";
import type { AccountsConfig, OrganizationConfig, ZoneAccount } from "./schemas.ts";

export const ROOT = "Root";
export const MANAGEMENT = "Management";

interface OrganizationAccount {
  readonly name: string;
  readonly id?: string;
  readonly email: string;
}

interface OrganizationUnit {
  readonly name: string;
  readonly accounts: OrganizationAccount[];
  readonly units: OrganizationUnit[];
}

/** The organization of a landing zone, and what assignments need to know of it. */
export interface ZoneOrganization {
  /** Contents of `organization.yaml`. */
  readonly file: object;
  /** Ids of accounts by their names in the landing zone; undefined for unknown ids. */
  readonly accounts: ReadonlyMap<string, string | undefined>;
  /** Paths of the units, without ignored ones that affect nobody. */
  readonly unitPaths: ReadonlySet<string>;
}

interface ZoneFiles {
  readonly units: SourceFile<OrganizationConfig>;
  readonly accounts: SourceFile<AccountsConfig>;
}

export function toOrganization(zone: LandingZone, { units, accounts }: ZoneFiles): ZoneOrganization {
  const all = allAccounts(accounts.value);
  if (!accounts.value.mandatoryAccounts.some(({ name }) => name === MANAGEMENT)) {
    accounts.refuse(["mandatoryAccounts"], `expected an account named ${MANAGEMENT}`);
  }
  checkUnits({ units, accounts });

  const tree = new UnitTree();
  for (const path of keptUnits(units, all)) tree.unitAt(path);
  const ids = accountIdsByName(accounts.value);
  for (const { name, email, organizationalUnit } of all) {
    const id = ids.get(name);
    tree.unitAt(organizationalUnit).accounts.push(id === undefined ? { name, email } : { name, id, email });
  }
  const unknown = all.filter(({ name }) => !ids.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    zone.findings.note(
      `accounts-config.yaml has no id of ${unknown.join(", ")}: rules use these names, which need not be those in AWS, and the sandbox makes ids up.`,
    );
  }
  const { name: _root, ...content } = toFile(tree.root);
  return {
    file: { managementAccount: MANAGEMENT, ...content },
    accounts: new Map(all.map(({ name }) => [name, ids.get(name)])),
    unitPaths: tree.paths(),
  };
}

function checkUnits({ units, accounts }: ZoneFiles): void {
  const known = new Set([ROOT, ...units.value.organizationalUnits.map(({ name }) => name)]);
  const seen = new Set<string>();
  for (const section of ["mandatoryAccounts", "workloadAccounts"] as const) {
    for (const [index, { name, organizationalUnit: unit }] of accounts.value[section].entries()) {
      if (!known.has(unit)) {
        const message = `organization-config.yaml lists no unit ${JSON.stringify(unit)}${didYouMean(unit, known)}`;
        accounts.refuse([section, index, "organizationalUnit"], message);
      }
      if (seen.has(name)) accounts.refuse([section, index, "name"], `a second account is named ${name}`);
      seen.add(name);
    }
  }
}

/**
 * An ignored unit is not the landing zone's concern. But an account in it needs a place, and below a unit that is not ignored
 * it must exist so that rules can exclude it.
 */
function keptUnits(units: SourceFile<OrganizationConfig>, accounts: readonly ZoneAccount[]): string[] {
  const { organizationalUnits } = units.value;
  const managed = organizationalUnits.filter(({ ignore }) => !ignore).map(({ name }) => name);
  return organizationalUnits
    .filter(({ name, ignore }, index) => {
      if (!ignore) return true;
      const why = whyKept(name, { managed, accounts });
      const becomes = why === null ? "left out" : `kept, because ${why}`;
      units.note(["organizationalUnits", index], `unit ${name} is ignored by the landing zone: ${becomes}.`);
      return why !== null;
    })
    .map(({ name }) => name);
}

function whyKept(
  unit: string,
  { managed, accounts }: { readonly managed: readonly string[]; readonly accounts: readonly ZoneAccount[] },
): string | null {
  if (accounts.some(({ organizationalUnit }) => isWithin(organizationalUnit, unit)))
    return "accounts are in it";
  const above = managed.find((path) => path !== unit && isWithin(unit, path));
  return above === undefined ? null : `rules for ${above} have to leave it out`;
}

function isWithin(path: string, unit: string): boolean {
  return path === unit || path.startsWith(`${unit}/`);
}

/** Without the lists that are empty. */
function toFile({ name, accounts, units }: OrganizationUnit): { readonly name: string } {
  return {
    name,
    ...(accounts.length > 0 ? { accounts } : {}),
    ...(units.length > 0 ? { units: units.map(toFile) } : {}),
  };
}

/** Units may be listed before their parents, which are then created first. */
class UnitTree {
  readonly root: OrganizationUnit = { name: ROOT, accounts: [], units: [] };
  readonly #byPath = new Map<string, OrganizationUnit>([[ROOT, this.root]]);

  unitAt(path: string): OrganizationUnit {
    const known = this.#byPath.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf("/");
    const unit: OrganizationUnit = { name: path.slice(slash + 1), accounts: [], units: [] };
    this.unitAt(slash < 0 ? ROOT : path.slice(0, slash)).units.push(unit);
    this.#byPath.set(path, unit);
    return unit;
  }

  paths(): Set<string> {
    return new Set([...this.#byPath.keys()].filter((path) => path !== ROOT));
  }
}
