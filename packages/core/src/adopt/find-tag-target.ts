import type { Account } from "../model/organization.ts";
import { tagsOf } from "../policy/account-tags.ts";
import { compareText } from "../text/canonical-json.ts";

/** Values by key: an account matches if it has one of the values for every key. */
export type AccountTags = Readonly<Record<string, readonly string[]>>;

interface TagTarget {
  readonly accountTags: AccountTags;
  /** Ids of accounts that also have the tags and must not be matched. */
  readonly exceptAccounts: readonly string[];
}

interface Search {
  /** Ids of the accounts to name. */
  readonly wanted: ReadonlySet<string>;
  /** Ids of accounts whose exception costs nothing. */
  readonly free: ReadonlySet<string>;
  /** The cost of a key or value, and of an exception. */
  readonly cost: { readonly name: number; readonly exception: number };
  /** The cost that the result must stay below. */
  readonly below: number;
}

interface Tag {
  readonly key: string;
  readonly values: readonly string[];
  /** Ids of all accounts that have one of the values. */
  readonly meant: ReadonlySet<string>;
}

/**
 * The cheapest one or two tags that match the wanted accounts, with exceptions; null if no tags are cheap enough.
 * @throws {FlowError} IncompleteRead when tags of an active account were not read
 */
export function findTagTarget(accounts: readonly Account[], search: Search): TagTarget | null {
  const { cost } = search;
  const tags = sharedTags(accounts, search.wanted);
  let below = search.below;
  let best: TagTarget | null = null;
  for (const [index, first] of tags.entries()) {
    for (const second of [null, ...tags.slice(index + 1)]) {
      const pair = second ? [first, second] : [first];
      const names = pair.reduce((sum, { values }) => sum + 1 + values.length, 0) * cost.name;
      if (names >= below) continue;
      const meant = second ? [...first.meant].filter((id) => second.meant.has(id)) : [...first.meant];
      const exceptAccounts = meant.filter((id) => !search.wanted.has(id));
      const dear = exceptAccounts.filter((id) => !search.free.has(id)).length;
      if (names + dear * cost.exception >= below) continue;
      below = names + dear * cost.exception;
      best = {
        accountTags: Object.fromEntries(pair.map(({ key, values }) => [key, values])),
        exceptAccounts,
      };
    }
  }
  return best;
}

/** The keys that all wanted accounts have, each with its values. AWS sets keys with `aws:` itself. */
function sharedTags(accounts: readonly Account[], wanted: ReadonlySet<string>): Tag[] {
  const tagged = accounts.map((account) => ({ id: account.id, tags: tagsOf(account) }));
  const inside = tagged.filter(({ id }) => wanted.has(id));
  const [one, ...others] = inside;
  if (!one) return [];
  const keys = Object.keys(one.tags).filter(
    (key) => !key.startsWith("aws:") && others.every(({ tags }) => Object.hasOwn(tags, key)),
  );
  return keys.toSorted(compareText).map((key) => {
    const values = new Set(inside.flatMap(({ tags }) => tags[key] ?? []));
    const meant = tagged.filter(({ tags }) => Object.hasOwn(tags, key) && values.has(tags[key] ?? ""));
    return {
      key,
      values: [...values].toSorted(compareText),
      meant: new Set(meant.map(({ id }) => id)),
    };
  });
}
