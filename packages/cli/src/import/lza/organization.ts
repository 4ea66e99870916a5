import type { ConfigFile, LandingZone } from "./config-file.ts";
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
  /** As `organization.yaml` has it. */
  readonly file: object;
  readonly accountNames: ReadonlySet<string>;
  /** Paths of the units, less the ignored ones that hold nothing. */
  readonly unitPaths: ReadonlySet<string>;
}

/** @throws {FlowError} PolicyInvalid when an account stands in a unit that is not listed, or Management is missing */
export function toOrganization(
  zone: LandingZone,
  units: ConfigFile<OrganizationConfig>,
  accounts: ConfigFile<AccountsConfig>,
): ZoneOrganization {
  const { mandatoryAccounts, workloadAccounts } = accounts.value;
  const all = [...mandatoryAccounts, ...workloadAccounts];
  if (!mandatoryAccounts.some(({ name }) => name === MANAGEMENT)) {
    throw accounts.invalid(["mandatoryAccounts"], `expected an account named ${MANAGEMENT}`);
  }
  checkUnits(units, accounts);

  const tree = new UnitTree();
  for (const path of keptUnits(zone, units.value, all)) tree.unitAt(path);
  const idByEmail = new Map(
    accounts.value.accountIds.map(({ email, accountId }) => [email.toLowerCase(), accountId]),
  );
  for (const { name, email, organizationalUnit } of all) {
    const id = idByEmail.get(email.toLowerCase());
    if (id === undefined)
      zone.note(`Account ${name} has no id in accounts-config.yaml; the sandbox makes one up.`);
    tree.unitAt(organizationalUnit).accounts.push(id === undefined ? { name, email } : { name, id, email });
  }
  const { name: _root, ...content } = toFile(tree.root);
  return {
    file: { managementAccount: MANAGEMENT, ...content },
    accountNames: new Set(all.map(({ name }) => name)),
    unitPaths: tree.paths(),
  };
}

function checkUnits(units: ConfigFile<OrganizationConfig>, accounts: ConfigFile<AccountsConfig>): void {
  const known = new Set([ROOT, ...units.value.organizationalUnits.map(({ name }) => name)]);
  const seen = new Set<string>();
  for (const section of ["mandatoryAccounts", "workloadAccounts"] as const) {
    for (const [index, { name, organizationalUnit }] of accounts.value[section].entries()) {
      if (!known.has(organizationalUnit)) {
        const message = `organization-config.yaml lists no unit ${JSON.stringify(organizationalUnit)}`;
        throw accounts.invalid([section, index, "organizationalUnit"], message);
      }
      if (seen.has(name))
        throw accounts.invalid([section, index, "name"], `a second account is named ${name}`);
      seen.add(name);
    }
  }
}

/** An ignored unit is not the landing zone's business, but an account in it has to stand somewhere. */
function keptUnits(
  zone: LandingZone,
  { organizationalUnits }: OrganizationConfig,
  accounts: ZoneAccount[],
): string[] {
  return organizationalUnits
    .filter(({ name, ignore }) => {
      if (!ignore) return true;
      const inside = accounts.filter(({ organizationalUnit }) => isWithin(organizationalUnit, name));
      const kept = inside.length > 0 ? "kept, because accounts stand in it" : "left out";
      zone.note(`Unit ${name} is ignored by the landing zone: ${kept}.`);
      return inside.length > 0;
    })
    .map(({ name }) => name);
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

/** Units may be listed before their parents: those are made on the way. */
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
