import type { SandboxClock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";
import type { OrganizationFile, SeedAccount, SeedUnit } from "../seed/organization-file.ts";
import type { OrganizationState, SandboxAccount, SandboxUnit } from "./state.ts";

/** Levels of units below the root (Organizations quotas: OU maximum nesting in a root). */
const MAX_UNIT_DEPTH = 5;

interface Seed {
  readonly random: Random;
  readonly now: number;
  readonly rootId: string;
  readonly takenIds: Set<string>;
  readonly units: Map<string, SandboxUnit>;
  readonly accounts: Map<string, SandboxAccount>;
}

/**
 * Builds the organization that a file describes; omitted ids come from `random`.
 * @throws {Error} naming the duplicate account name, e-mail, id or unit, the unit that is too deep, or the unknown account
 */
export function seedOrganization(
  file: OrganizationFile,
  random: Random,
  clock: SandboxClock,
): OrganizationState {
  const id = `o-${random.hex(10)}`;
  const rootId = `r-${random.hex(4)}`;
  const seed: Seed = {
    random,
    now: clock.now(),
    rootId,
    takenIds: new Set(),
    units: new Map(),
    accounts: new Map(),
  };
  reserveIds(file, seed);
  addChildren({ parentId: rootId, path: "", depth: 0 }, file, seed);
  const managementAccountId = findNamed("managementAccount", file.managementAccount, seed);
  const { delegatedAdministrator: delegate } = file;
  const delegatedAdministratorId =
    delegate === undefined ? null : findNamed("delegatedAdministrator", delegate, seed);
  if (delegatedAdministratorId === managementAccountId) {
    throw new Error("organization: the management account cannot be the delegatedAdministrator.");
  }
  const { now, units, accounts } = seed;
  const delegation = { delegatedAdministratorId, delegationEnabledAt: now };
  return { id, rootId, managementAccountId, ...delegation, units, accounts };
}

function findNamed(role: string, accountName: string, { accounts }: Seed): string {
  const account = [...accounts.values()].find(({ name }) => name === accountName);
  if (account !== undefined) return account.id;
  throw new Error(
    `organization: ${role} is "${accountName}", but no account has that name. Name one of the accounts.`,
  );
}

interface Place {
  readonly parentId: string;
  readonly path: string;
  readonly depth: number;
}

type Children = Pick<SeedUnit, "accounts" | "units">;

/** Ids in the file go first, so that a generated id never collides with one of them. */
function reserveIds(children: Children, seed: Seed): void {
  for (const { id } of children.accounts) {
    if (id === undefined) continue;
    if (seed.takenIds.has(id)) throw new Error(`organization: two accounts have the id ${id}.`);
    seed.takenIds.add(id);
  }
  for (const unit of children.units) reserveIds(unit, seed);
}

function addChildren(place: Place, children: Children, seed: Seed): void {
  for (const account of children.accounts) addAccount(place.parentId, account, seed);
  const names = new Set<string>();
  for (const unit of children.units) {
    const path = place.path === "" ? unit.name : `${place.path}/${unit.name}`;
    if (names.has(unit.name)) throw new Error(`organization: two units are called "${path}".`);
    if (place.depth === MAX_UNIT_DEPTH) {
      throw new Error(
        `organization: the unit "${path}" is deeper than the ${MAX_UNIT_DEPTH} levels AWS allows.`,
      );
    }
    names.add(unit.name);
    const id = `ou-${seed.rootId.slice(2)}-${seed.random.hex(8)}`;
    seed.units.set(id, { id, name: unit.name, parentId: place.parentId });
    addChildren({ parentId: id, path, depth: place.depth + 1 }, unit, seed);
  }
}

function addAccount(parentId: string, account: SeedAccount, seed: Seed): void {
  const email = account.email ?? makeEmail(account.name);
  for (const other of seed.accounts.values()) {
    if (other.name === account.name) {
      throw new Error(`organization: two accounts are called "${account.name}". Give each its own name.`);
    }
    if (other.email === email) {
      throw new Error(
        `organization: "${other.name}" and "${account.name}" have the same e-mail address ${email}.`,
      );
    }
  }
  const id = account.id ?? makeAccountId(seed);
  const { name, state, tags } = account;
  seed.accounts.set(id, { id, name, email, state, parentId, tags, joinedAt: seed.now });
}

function makeAccountId({ random, takenIds }: Seed): string {
  let id = random.digits(12);
  while (takenIds.has(id)) id = random.digits(12);
  takenIds.add(id);
  return id;
}

function makeEmail(accountName: string): string {
  const local = encodeURIComponent(accountName.toLowerCase().replaceAll(" ", "-")).replaceAll("%", "_");
  return `aws+${local}@example.com`;
}
