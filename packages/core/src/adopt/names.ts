import type { DirectorySnapshot } from "../model/directory.ts";
import type { Account, Organization } from "../model/organization.ts";
import { isObjectId } from "../policy/object-id.ts";

/** How the policy names something, and what a reader needs to know if that is an id. */
export interface Name {
  readonly text: string;
  /** Null when the text says it. */
  readonly comment: string | null;
  /** The name for people. */
  readonly label: string;
}

/** Names by id that mean exactly one thing when the policy is bound; ids where names would not. */
export interface Names {
  readonly accounts: ReadonlyMap<string, Name>;
  readonly units: ReadonlyMap<string, Name>;
  readonly groups: ReadonlyMap<string, Name>;
  readonly users: ReadonlyMap<string, Name>;
}

/** `accounts`: all active ones; the policy prefers an active account with the name. */
export function namesOf(
  accounts: readonly Account[],
  { units }: Pick<Organization, "units">,
  { groups, users }: DirectorySnapshot,
): Names {
  return {
    accounts: byName(
      accounts.map(({ id, name }) => ({ id, name })),
      { same: (name) => name.trim(), mayBeName: (name) => !/^\d+$/.test(name.trim()) },
    ),
    units: byName(
      units.map(({ id, path }) => ({ id, name: path })),
      {
        same: (path) =>
          path
            .split("/")
            .map((part) => part.trim())
            .join("/"),
        mayBeName: () => true,
      },
    ),
    groups: byName(
      groups.map(({ id, displayName }) => ({ id, name: displayName })),
      { same: (name) => name, mayBeName: (name) => !isObjectId(name) },
    ),
    users: byName(
      users.map(({ id, userPrincipalName }) => ({ id, name: userPrincipalName })),
      { same: (name) => name.toLowerCase(), mayBeName: (name) => name.includes("@") },
    ),
  };
}

interface Rules {
  /** Names that this makes equal mean the same to the policy. */
  readonly same: (name: string) => string;
  /** False for names that the policy would interpret differently. */
  readonly mayBeName: (name: string) => boolean;
}

function byName(
  things: readonly { readonly id: string; readonly name: string }[],
  { same, mayBeName }: Rules,
): Map<string, Name> {
  const counts = new Map<string, number>();
  for (const { name } of things) counts.set(same(name), (counts.get(same(name)) ?? 0) + 1);
  return new Map(
    things.map(({ id, name }): [string, Name] => {
      const label = name.trim() === "" ? id : name.trim();
      const means = same(name) !== "" && counts.get(same(name)) === 1 && mayBeName(name);
      if (means) return [id, { text: name, comment: null, label }];
      return [id, { text: id, comment: label === id ? null : label, label }];
    }),
  );
}
