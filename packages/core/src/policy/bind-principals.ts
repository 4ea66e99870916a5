import { FlowError } from "../errors.ts";
import type { DirectoryGroup, DirectorySnapshot, DirectoryUser } from "../model/directory.ts";
import type { BoundPrincipal } from "./bound-policy.ts";
import type { Findings } from "./findings.ts";
import { type Picked, pickGroup, pickUser } from "./pick-principal.ts";
import type { AccessRule, PrincipalSelection } from "./policy.ts";

type Path = readonly PropertyKey[];

/** Finds the groups and users that rules name in one read of the directory. */
export class PrincipalBinder {
  readonly #directory: DirectorySnapshot;
  readonly #groupsById: ReadonlyMap<string, DirectoryGroup>;
  readonly #findings: Findings;

  constructor(directory: DirectorySnapshot, findings: Findings) {
    this.#directory = directory;
    this.#groupsById = new Map(directory.groups.map((group) => [group.id, group]));
    this.#findings = findings;
  }

  /** The principals that a rule is for. @throws {FlowError} IncompleteRead if a nested group was not read */
  principalsOf(rule: AccessRule, index: number): BoundPrincipal[] {
    return this.splitPrincipals(rule, index).kept;
  }

  /** The principals that a rule is for, and those that it excludes. @throws {FlowError} IncompleteRead */
  splitPrincipals(
    rule: AccessRule,
    index: number,
  ): { readonly kept: BoundPrincipal[]; readonly leftOut: BoundPrincipal[] } {
    const meant = this.#select(rule, rule.nested, ["rules", index]);
    const left = this.#select(rule.except, rule.nested, ["rules", index, "except"]);
    const leftOut = [
      ...[...meant.groups.values()].filter(({ id }) => left.groups.has(id)).map(fromGroup),
      ...[...meant.users.values()].filter(({ id }) => left.users.has(id)).map(fromUser),
    ];
    for (const id of left.groups.keys()) meant.groups.delete(id);
    for (const id of left.users.keys()) meant.users.delete(id);
    this.#warnOfNesting(rule, index);
    this.#warnOfGroups([...meant.groups.values()], [...left.users.values()], index);
    const kept = [...[...meant.groups.values()].map(fromGroup), ...[...meant.users.values()].map(fromUser)];
    return { kept, leftOut };
  }

  #select(
    selection: PrincipalSelection,
    nested: AccessRule["nested"],
    path: Path,
  ): { groups: Map<string, DirectoryGroup>; users: Map<string, DirectoryUser> } {
    const named = selection.groups.flatMap((name, index) =>
      this.#found(name, pickGroup(name, this.#directory.groups), [...path, "groups", index]),
    );
    const groups = nested === "expand" ? this.#withDescendants(named) : named;
    const users = selection.users.flatMap((name, index) =>
      this.#found(name, pickUser(name, this.#directory.users), [...path, "users", index]),
    );
    return {
      groups: new Map(groups.map((group) => [group.id, group])),
      users: new Map(users.map((user) => [user.id, user])),
    };
  }

  #found<T>(name: string, picked: Picked<T>, path: Path): T[] {
    if ("found" in picked) return [picked.found];
    this.#findings.refuse(path, this.#directory.unresolved?.[name] ?? picked.problem);
    return [];
  }

  /** Groups may contain each other in cycles. */
  #withDescendants(groups: readonly DirectoryGroup[]): DirectoryGroup[] {
    const seen = new Map<string, DirectoryGroup>();
    const waiting = [...groups];
    for (let group = waiting.pop(); group; group = waiting.pop()) {
      if (seen.has(group.id)) continue;
      seen.set(group.id, group);
      for (const id of group.memberGroupIds) waiting.push(this.#nestedGroup(id, group));
    }
    return [...seen.values()];
  }

  #nestedGroup(id: string, parent: DirectoryGroup): DirectoryGroup {
    const group = this.#groupsById.get(id);
    if (group) return group;
    throw new FlowError("IncompleteRead", `Group ${id}, nested in ${parent.displayName}, was not read`);
  }

  #warnOfNesting(rule: AccessRule, index: number): void {
    if (rule.nested === "expand") return;
    rule.groups.forEach((name, position) => {
      const picked = pickGroup(name, this.#directory.groups);
      const count = "found" in picked ? picked.found.memberGroupIds.length : 0;
      if (count === 0) return;
      const message = `members of the ${count} group(s) nested in ${name} get nothing through it; use nested: expand`;
      this.#findings.warn(["rules", index, "groups", position], message);
    });
  }

  #warnOfGroups(groups: readonly DirectoryGroup[], leftOut: readonly DirectoryUser[], index: number): void {
    for (const group of groups) {
      if (!group.securityEnabled) {
        const message = `group ${group.displayName} is not security-enabled: Entra does not provision it to AWS`;
        this.#findings.warn(["rules", index, "groups"], message);
      }
      if (isEmpty(group)) this.#findings.warn(["rules", index, "groups"], emptyWarning(group));
      const members = new Set(group.memberUserIds);
      for (const user of leftOut.filter(({ id }) => members.has(id))) {
        const message = `${user.userPrincipalName} is excluded but still gets access as a member of ${group.displayName}`;
        this.#findings.warn(["rules", index, "except", "users"], message);
      }
    }
  }
}

export function isEmpty({ memberUserIds, memberGroupIds }: DirectoryGroup): boolean {
  return memberUserIds.length + memberGroupIds.length === 0;
}

export function emptyWarning({ displayName }: DirectoryGroup): string {
  return `group ${displayName} is empty: nobody has access through it`;
}

function fromGroup(group: DirectoryGroup): BoundPrincipal {
  return { type: "GROUP", directoryId: group.id, name: group.displayName };
}

function fromUser(user: DirectoryUser): BoundPrincipal {
  return { type: "USER", directoryId: user.id, name: user.userPrincipalName };
}
