import type { Account, Organization, OrganizationalUnit } from "../model/organization.ts";
import { compareText } from "../text/canonical-json.ts";
import { type AccountTags, findTagTarget } from "./find-tag-target.ts";

/** Where a rule applies, by id. */
export interface Cover {
  readonly root: boolean;
  readonly units: readonly string[];
  /** Empty, or instead of all of the above and below. */
  readonly accountTags: AccountTags;
  readonly accounts: readonly string[];
  readonly exceptUnits: readonly string[];
  readonly exceptAccounts: readonly string[];
}

/**
 * The cost of a name and of an exception. An exception costs more, since a unit with exceptions also matches future
 * accounts. A tag costs its key and each value: two accounts that share a tag are still named.
 */
const COST = { name: 2, exception: 3 } as const;

interface Choice extends Cover {
  readonly cost: number;
}

interface Place {
  readonly id: string;
  readonly kind: "root" | "unit" | "account";
  readonly below: readonly Place[];
  readonly wanted: boolean;
  /** Contains an account that must not be matched. */
  readonly unwanted: boolean;
}

const NOTHING: Choice = {
  cost: 0,
  root: false,
  units: [],
  accountTags: {},
  accounts: [],
  exceptUnits: [],
  exceptAccounts: [],
};

/** Finds the shortest way to name sets of accounts by root, units, tags, accounts and exceptions. */
export class AccountCover {
  readonly #rootId: string;
  readonly #units = new Map<string, OrganizationalUnit[]>();
  readonly #all: readonly Account[];
  readonly #accounts = new Map<string, Account[]>();
  readonly #free: ReadonlySet<string>;

  /**
   * `accounts`: those that a rule can reach; the others are never named. `freeExceptions`: ids of accounts that no rule may
   * match and whose exception costs nothing.
   */
  constructor(
    { rootId, units }: Pick<Organization, "rootId" | "units">,
    accounts: readonly Account[],
    freeExceptions: ReadonlySet<string>,
  ) {
    this.#rootId = rootId;
    this.#free = freeExceptions;
    for (const unit of units.toSorted((a, b) => compareText(a.path, b.path) || compareText(a.id, b.id))) {
      this.#units.set(unit.parentId, [...(this.#units.get(unit.parentId) ?? []), unit]);
    }
    this.#all = accounts.toSorted((a, b) => compareText(a.id, b.id));
    for (const account of this.#all) {
      const siblings = this.#accounts.get(account.parentId);
      if (siblings) siblings.push(account);
      else this.#accounts.set(account.parentId, [account]);
    }
  }

  /**
   * Picks the shortest cover; of equally short ones, the one with the smallest units, and units or names before tags,
   * since it matches the fewest future accounts.
   */
  cover(wanted: ReadonlySet<string>): Cover {
    const { cost, ...cover } = this.#include(this.#place(this.#rootId, "root", wanted));
    const byTag = findTagTarget(this.#all, { wanted, free: this.#free, cost: COST, below: cost });
    if (!byTag) return cover;
    const { cost: _cost, ...nothing } = NOTHING;
    return { ...nothing, accountTags: byTag.accountTags, exceptAccounts: byTag.exceptAccounts };
  }

  #place(id: string, kind: "root" | "unit", wanted: ReadonlySet<string>): Place {
    const accounts = (this.#accounts.get(id) ?? []).map((account): Place => {
      const isWanted = wanted.has(account.id);
      return { id: account.id, kind: "account", below: [], wanted: isWanted, unwanted: !isWanted };
    });
    const units = (this.#units.get(id) ?? []).map((unit) => this.#place(unit.id, "unit", wanted));
    const below = [...units, ...accounts];
    return {
      id,
      kind,
      below,
      wanted: below.some((place) => place.wanted),
      unwanted: below.some((place) => place.unwanted),
    };
  }

  /** No place above is named. */
  #include(place: Place): Choice {
    if (!place.wanted) return NOTHING;
    if (place.kind === "account") return { ...NOTHING, cost: COST.name, accounts: [place.id] };
    const apart = sum(place.below.map((inner) => this.#include(inner)));
    const name = { ...NOTHING, cost: COST.name };
    const whole = sum([
      place.kind === "root" ? { ...name, root: true } : { ...name, units: [place.id] },
      ...place.below.map((inner) => this.#except(inner)),
    ]);
    return whole.cost < apart.cost ? whole : apart;
  }

  /** A place above is named. An exception is final: nothing below it can be included again. */
  #except(place: Place): Choice {
    if (!place.unwanted) return NOTHING;
    if (place.kind === "account") {
      const cost = this.#free.has(place.id) ? 0 : COST.exception;
      return { ...NOTHING, cost, exceptAccounts: [place.id] };
    }
    const apart = sum(place.below.map((inner) => this.#except(inner)));
    const whole = { ...NOTHING, cost: COST.exception, exceptUnits: [place.id] };
    return place.wanted || apart.cost <= whole.cost ? apart : whole;
  }
}

function sum(choices: readonly Choice[]): Choice {
  return {
    cost: choices.reduce((total, { cost }) => total + cost, 0),
    root: choices.some(({ root }) => root),
    units: choices.flatMap(({ units }) => units),
    accountTags: {},
    accounts: choices.flatMap(({ accounts }) => accounts),
    exceptUnits: choices.flatMap(({ exceptUnits }) => exceptUnits),
    exceptAccounts: choices.flatMap(({ exceptAccounts }) => exceptAccounts),
  };
}
