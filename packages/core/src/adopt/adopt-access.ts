import { compareText } from "../text/canonical-json.ts";
import { AccountCover } from "./cover-accounts.ts";
import type { AccountTags } from "./find-tag-target.ts";
import { describeRule, uniqueNames } from "./describe-rule.ts";
import { type Box, mergeGrants } from "./merge-grants.ts";
import { type Name, type Names, namesOf } from "./names.ts";
import { type AdoptInput, reachableAccounts, reachableAssignments } from "./reachable-assignments.ts";
import { type PermissionSetText, writePermissionSet } from "./write-permission-set.ts";

export interface AdoptedRule {
  readonly name: string;
  readonly groups: readonly Name[];
  readonly users: readonly Name[];
  readonly permissionSets: readonly string[];
  readonly root: boolean;
  readonly units: readonly Name[];
  /** Values by key. */
  readonly accountTags: AccountTags;
  readonly accounts: readonly Name[];
  readonly exceptUnits: readonly Name[];
  readonly exceptAccounts: readonly Name[];
  /** The number of accounts that the rule currently matches. */
  readonly accountCount: number;
}

/** An access policy that reproduces an instance. */
export interface AdoptedAccess {
  /** Permission sets by name, in the name's order. */
  readonly permissionSets: ReadonlyMap<string, PermissionSetText>;
  /** Rules by permission set, the widest first. */
  readonly rules: readonly AdoptedRule[];
  /** What the policy does not reproduce and why, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * The access policy whose first plan is empty, with the fewest rules that merging finds: never more than there are pairs of
 * principal and permission set. Pure, and independent of the order of its input.
 * @throws {FlowError} IncompleteRead when the snapshot contradicts itself
 */
export function adoptAccess(input: AdoptInput): AdoptedAccess {
  const { permissionSets, notes: ofSets } = adoptPermissionSets(input);
  const { assignments, notes } = reachableAssignments(input);
  const cells = assignments
    .filter(({ permissionSet }) => permissionSets.has(permissionSet))
    .map(({ directoryId, principal, permissionSet, accountId }) => ({
      principal: `${principal.type}/${directoryId}`,
      permissionSet,
      account: accountId,
    }));
  const toRule = ruleWriter(input);
  const rules = mergeGrants(cells).map(toRule).toSorted(compareRules);
  const names = uniqueNames(rules.map(({ name }) => name));
  return {
    permissionSets,
    rules: rules.map((rule, index) => ({ ...rule, name: names[index] ?? rule.name })),
    notes: [...ofSets, ...notes],
  };
}

function adoptPermissionSets({ instance }: AdoptInput): {
  permissionSets: Map<string, PermissionSetText>;
  notes: string[];
} {
  const permissionSets = new Map<string, PermissionSetText>();
  const notes: string[] = [];
  for (const set of instance.permissionSets.toSorted((a, b) => compareText(a.name, b.name))) {
    const written = writePermissionSet(set);
    if ("text" in written) permissionSets.set(set.name, written.text);
    else {
      notes.push(
        `Permission set ${set.name} and its assignments are left out; the policy cannot express it: ${written.problem}.`,
      );
    }
  }
  return { permissionSets, notes };
}

function ruleWriter(input: AdoptInput): (box: Box) => AdoptedRule {
  const { organization, directory, settings } = input;
  const reachable = reachableAccounts(input);
  const active = organization.accounts.filter(({ state }) => state === "ACTIVE");
  const names = namesOf(active, organization, directory);
  // Rules exclude the management account explicitly, so that they still do when somebody enables the setting.
  const management = active.filter(({ id }) => id === organization.managementAccountId);
  const spared = settings.manageManagementAccount ? [] : management;
  const accounts = new AccountCover(
    organization,
    [...reachable, ...spared],
    new Set(spared.map(({ id }) => id)),
  );
  return ({ principals, permissionSets, accounts: wanted }) => {
    const where = accounts.cover(new Set(wanted));
    const rule = {
      groups: sortedNames(idsOfType("GROUP", principals), names.groups),
      users: sortedNames(idsOfType("USER", principals), names.users),
      permissionSets,
      root: where.root,
      units: sortedNames(where.units, names.units),
      accountTags: where.accountTags,
      accounts: sortedNames(where.accounts, names.accounts),
      exceptUnits: sortedNames(where.exceptUnits, names.units),
      exceptAccounts: sortedNames(where.exceptAccounts, names.accounts),
      accountCount: wanted.length,
    };
    const name = describeRule({
      principals: labels(rule.groups, rule.users),
      permissionSets,
      where: rule.root
        ? "everywhere"
        : [...labels(rule.units, rule.accounts), ...tagLabels(rule.accountTags)],
      except: labels(rule.exceptUnits, rule.exceptAccounts),
    });
    return { name, ...rule };
  };
}

function idsOfType(type: "GROUP" | "USER", principals: readonly string[]): string[] {
  const prefix = `${type}/`;
  return principals.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

function labels(...names: readonly (readonly Name[])[]): string[] {
  return names.flat().map(({ label }) => label);
}

function tagLabels(tags: AccountTags): string[] {
  const texts = Object.entries(tags).map(([key, values]) => `${key}=${values.join("|")}`);
  return texts.length === 0 ? [] : [`accounts tagged ${texts.join(" and ")}`];
}

function sortedNames(ids: readonly string[], names: Names[keyof Names]): Name[] {
  return ids
    .map((id) => names.get(id) ?? { text: id, comment: null, label: id })
    .toSorted((a, b) => compareText(a.label, b.label) || compareText(a.text, b.text));
}

function compareRules(a: AdoptedRule, b: AdoptedRule): number {
  return (
    compareText(a.permissionSets.join(), b.permissionSets.join()) ||
    b.accountCount - a.accountCount ||
    compareText(a.name, b.name) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}
