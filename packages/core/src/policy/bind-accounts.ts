import { FlowError } from "../errors.ts";
import type { Account, Organization, OrganizationalUnit } from "../model/organization.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { tagsOf } from "./account-tags.ts";
import type { Findings } from "./findings.ts";
import type { AccessRule, TargetSelection } from "./policy.ts";

/** Finds the accounts that rules match in one organization. */
export class AccountBinder {
  readonly #organization: Organization;
  readonly #findings: Findings;
  readonly #accountsByUnit = new Map<string, Account[]>();

  /** @throws {FlowError} IncompleteRead when an account or unit hangs in the air */
  constructor(organization: Organization, findings: Findings) {
    this.#organization = organization;
    this.#findings = findings;
    const units = new Map(organization.units.map((unit) => [unit.id, unit]));
    for (const account of organization.accounts) {
      for (const unit of unitsAbove(account, units, organization.rootId)) {
        const accounts = this.#accountsByUnit.get(unit);
        if (accounts) accounts.push(account);
        else this.#accountsByUnit.set(unit, [account]);
      }
    }
  }

  /**
   * Accounts that a rule names, whatever their state: included and excluded ones.
   * @throws {FlowError} IncompleteRead when the rule goes by tags and they were not read
   */
  accountsOf(rule: AccessRule, index: number): { readonly kept: Account[]; readonly leftOut: Account[] } {
    const meant = this.#select(rule.targets, ["rules", index, "targets"]);
    const left = this.#select(rule.except, ["rules", index, "except"]);
    this.#warnOfInactive(rule.targets, index);
    const all = [...meant.values()];
    return {
      kept: all.filter(({ id }) => !left.has(id)),
      leftOut: left.size === 0 ? [] : all.filter(({ id }) => left.has(id)),
    };
  }

  #select(selection: TargetSelection, path: readonly PropertyKey[]): Map<string, Account> {
    const { accounts } = this.#organization;
    const meant = [
      ...(selection.root ? accounts : []),
      ...selection.ou.flatMap((name, index) => this.#accountsBelow(name, [...path, "ou", index])),
      ...(hasTags(selection) ? accounts.filter((account) => carriesTags(account, selection)) : []),
      ...selection.accounts.flatMap((name, index) => this.#accountNamed(name, [...path, "accounts", index])),
    ];
    return new Map(meant.map((account) => [account.id, account]));
  }

  #accountsBelow(name: string, path: readonly PropertyKey[]): Account[] {
    const { units } = this.#organization;
    const [unit, ...others] = units.filter(
      ({ id, path }) => id === name || trimPath(path) === trimPath(name),
    );
    if (!unit) {
      const hint = unitHint(name, units);
      this.#findings.refuse(path, `no organizational unit ${JSON.stringify(name)}${hint}`);
      return [];
    }
    if (others.length > 0) {
      const ids = [unit, ...others].map(({ id }) => id).toSorted();
      const message = `${ids.length} organizational units are ${JSON.stringify(name)} (${ids.join(", ")}); name it by id`;
      this.#findings.refuse(path, message);
      return [];
    }
    return this.#accountsByUnit.get(unit.id) ?? [];
  }

  #accountNamed(name: string, path: readonly PropertyKey[]): Account[] {
    const matches = this.#matches(name);
    // A closed account keeps its name for ninety days; the name refers to its successor.
    const active = matches.filter(({ state }) => state === "ACTIVE");
    const [account, ...others] = active.length > 0 ? active : matches;
    if (!account) {
      const names = this.#organization.accounts.map((candidate) => candidate.name);
      this.#findings.refuse(path, `no account ${JSON.stringify(name)}${didYouMean(name, names)}`);
      return [];
    }
    if (others.length === 0) return [account];
    const ids = [account, ...others].map(({ id }) => id).toSorted();
    this.#findings.refuse(
      path,
      `${ids.length} accounts are named ${JSON.stringify(name)} (${ids.join(", ")}); name it by id`,
    );
    return [];
  }

  #warnOfInactive(targets: TargetSelection, index: number): void {
    targets.accounts.forEach((name, position) => {
      const matches = this.#matches(name);
      const [account] = matches;
      if (!account || matches.some(({ state }) => state === "ACTIVE")) return;
      const message = `account ${account.name} (${account.id}) is ${account.state}: nobody is assigned there`;
      this.#findings.warn(["rules", index, "targets", "accounts", position], message);
    });
  }

  #matches(name: string): Account[] {
    const { accounts } = this.#organization;
    if (/^\d{12}$/.test(name)) return accounts.filter(({ id }) => id === name);
    return accounts.filter((account) => account.name.trim() === name.trim());
  }
}

function unitsAbove(
  account: Account,
  units: ReadonlyMap<string, OrganizationalUnit>,
  rootId: string,
): Set<string> {
  const above = new Set<string>();
  for (let id = account.parentId; id !== rootId;) {
    const unit = units.get(id);
    if (!unit || above.has(id)) {
      throw new FlowError(
        "IncompleteRead",
        `Account ${account.id} is below ${id}, which has no path to the root`,
      );
    }
    above.add(id);
    id = unit.parentId;
  }
  return above;
}

function hasTags({ accountTags }: TargetSelection): boolean {
  return Object.keys(accountTags).length > 0;
}

function carriesTags(account: Account, { accountTags }: TargetSelection): boolean {
  const tags = tagsOf(account);
  return Object.entries(accountTags).every(([key, values]) => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
    return value !== undefined && values.includes(value);
  });
}

function trimPath(path: string): string {
  return path
    .split("/")
    .map((name) => name.trim())
    .join("/");
}

/** Most often the path is missing: `Production` for `Workloads/Production`. */
function unitHint(name: string, units: readonly OrganizationalUnit[]): string {
  const sameName = units.filter((unit) => unit.name.trim() === name.trim());
  if (sameName.length === 0)
    return didYouMean(
      name,
      units.map(({ path }) => path),
    );
  return ` (did you mean ${sameName.map(({ path }) => JSON.stringify(path)).join(" or ")}?)`;
}
