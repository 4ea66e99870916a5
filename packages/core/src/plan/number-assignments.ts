import type { Hash } from "node:crypto";
import type { PrincipalType } from "../model/instance.ts";
import { type AssignmentIdentity, idOf } from "../model/assignment-key.ts";

/**
 * Whole numbers for assignments: equal for equal ones, in the order of account, permission set, principal. With tens of
 * thousands of them, making, hashing and sorting a text for each is most of the work and memory of a plan. Exact up to
 * 2^53: quotas of IAM Identity Center (7,000 accounts, 3,500 sets, 300,000 principals) stay a thousandfold below.
 */
export class AssignmentNumbers {
  readonly #accounts = new Ranks();
  readonly #permissionSets = new Ranks();
  readonly #principals: Readonly<Record<PrincipalType, Ranks>> = { GROUP: new Ranks(), USER: new Ranks() };

  /** Only assignments of these lists have a number. */
  constructor(...lists: readonly (readonly AssignmentIdentity[])[]) {
    for (const list of lists) {
      for (const { accountId, permissionSet, principal } of list) {
        this.#accounts.add(accountId);
        this.#permissionSets.add(permissionSet);
        this.#principals[principal.type].add(idOf(principal));
      }
    }
    for (const ranks of this.#all) ranks.settle();
  }

  /** One number an assignment, in the order of the list. */
  of(assignments: readonly AssignmentIdentity[]): Float64Array {
    const { GROUP, USER } = this.#principals;
    const numbers = new Float64Array(assignments.length);
    let at = 0;
    for (const { accountId, permissionSet, principal } of assignments) {
      const id = idOf(principal);
      const who = principal.type === "GROUP" ? GROUP.of(id) : GROUP.size + USER.of(id);
      const place =
        this.#accounts.of(accountId) * this.#permissionSets.size + this.#permissionSets.of(permissionSet);
      numbers[at] = place * (GROUP.size + USER.size) + who;
      at += 1;
    }
    return numbers;
  }

  /** Adds what the numbers stand for to the hash. */
  hashInto(hash: Hash): void {
    hash.update(JSON.stringify(this.#all.map((ranks) => ranks.texts())));
  }

  get #all(): readonly Ranks[] {
    return [this.#accounts, this.#permissionSets, this.#principals.GROUP, this.#principals.USER];
  }
}

/** A set of numbers, sorted: small, and the same bytes whatever the order in which they came. */
export class NumberSet {
  readonly #sorted: Float64Array;

  constructor(numbers: Float64Array) {
    this.#sorted = numbers.toSorted();
  }

  has(wanted: number): boolean {
    const sorted = this.#sorted;
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sorted[middle] ?? 0) < wanted) from = middle + 1;
      else to = middle;
    }
    return sorted[from] === wanted;
  }

  hashInto(hash: Hash): void {
    hash.update(`${this.#sorted.length} `).update(new Uint8Array(this.#sorted.buffer));
  }
}

/** Texts by their place in text order. */
class Ranks {
  readonly #ranks = new Map<string, number>();

  get size(): number {
    return this.#ranks.size;
  }

  add(text: string): void {
    if (!this.#ranks.has(text)) this.#ranks.set(text, 0);
  }

  /** Once all are known. */
  settle(): void {
    this.texts().forEach((text, rank) => this.#ranks.set(text, rank));
  }

  of(text: string): number {
    return this.#ranks.get(text) ?? Number.NaN;
  }

  texts(): string[] {
    return [...this.#ranks.keys()].toSorted();
  }
}
