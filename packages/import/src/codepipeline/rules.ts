import { didYouMean } from "@landbridge/core";
import type { SourceFile } from "../source-file.ts";
import type { GlobalMappings, TargetMappings } from "./schemas.ts";

/** A rule of `access.yaml`. */
export interface ImportedRule {
  readonly name: string;
  readonly groups: readonly [string];
  readonly permissionSets: readonly string[];
  readonly targets: {
    readonly root?: true;
    readonly ou?: readonly string[];
    readonly accounts?: readonly string[];
  };
}

/** A rule for each group of `global-mapping.json`: all its permission sets in every account. */
export function globalRules(
  mappings: SourceFile<GlobalMappings>,
  known: ReadonlySet<string>,
): ImportedRule[] {
  return mappings.value.flatMap(({ GlobalGroupName: group, PermissionSetName }, index) => {
    const permissionSets = existing(mappings, { names: PermissionSetName, group, index }, known);
    if (permissionSets.length === 0) return [];
    const name = `${group}: ${permissionSets.join(", ")} everywhere`;
    return [{ name, groups: [group], permissionSets, targets: { root: true } }];
  });
}

/** A rule for each group of `target-mapping.json`. A unit means the accounts of the units below too, there and here. */
export function targetRules(
  mappings: SourceFile<TargetMappings>,
  known: ReadonlySet<string>,
): ImportedRule[] {
  return mappings.value.flatMap((mapping, index): ImportedRule[] => {
    const { TargetGroupName: group, PermissionSetName } = mapping;
    const permissionSets = existing(mappings, { names: PermissionSetName, group, index }, known);
    const { ou, accounts } = toTargets(mapping);
    const where = [...ou, ...accounts];
    if (where.length === 0) mappings.note([index], `${group} has no target and was left out.`);
    if (permissionSets.length === 0 || where.length === 0) return [];
    const targets = { ...(ou.length > 0 && { ou }), ...(accounts.length > 0 && { accounts }) };
    const name = `${group}: ${permissionSets.join(", ")} in ${where.join(", ")}`;
    return [{ name, groups: [group], permissionSets, targets }];
  });
}

interface NamedSets {
  readonly names: readonly string[];
  readonly group: string;
  /** Index of the mapping in its file. */
  readonly index: number;
}

/** Left out are names of permission sets that no file defines: the sample skips these too. */
function existing(
  mappings: SourceFile<unknown>,
  { names, group, index }: NamedSets,
  known: ReadonlySet<string>,
): string[] {
  return [...new Set(names)].filter((name) => {
    if (known.has(name)) return true;
    mappings.note(
      [index, "PermissionSetName", names.indexOf(name)],
      `no file of permission-sets defines ${JSON.stringify(name)}${didYouMean(name, known)}; ` +
        `what ${group} has with it is left out.`,
    );
    return false;
  });
}

function toTargets({ Target, TargetAccountid }: TargetMappings[number]): {
  ou: string[];
  accounts: string[];
} {
  const targets = Target ?? (TargetAccountid ?? []).map(fromOlderForm);
  const units = targets.flatMap((target) =>
    typeof target === "string" ? [] : (target.OrganizationalUnits ?? []),
  );
  const accounts = targets.flatMap((target) =>
    typeof target === "string" ? [target] : (target.Accounts ?? []),
  );
  return { ou: [...new Set(units)], accounts: [...new Set(accounts)] };
}

function fromOlderForm(target: string): NonNullable<TargetMappings[number]["Target"]>[number] {
  const name = target.slice(target.indexOf(":") + 1).trim();
  if (target.startsWith("ou:")) return { OrganizationalUnits: [name] };
  return target.startsWith("name:") ? { Accounts: [name] } : target;
}
