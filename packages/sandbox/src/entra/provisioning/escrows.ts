/** An object whose export failed: retried later, less and less often. */
interface Escrow {
  /** The object's state when it failed; a change justifies another attempt at once. */
  readonly fingerprint: string;
  readonly isReference: boolean;
  /** Milliseconds since the epoch. */
  readonly failedFirstAt: number;
  readonly attempts: number;
  /** Milliseconds since the epoch; null if it is no longer retried. */
  readonly retryAt: number | null;
}

const CYCLE_MILLISECONDS = 40 * 60_000;
const DAY_MILLISECONDS = 86_400_000;
/** An entry goes 28 days after the first failure ("Application provisioning in quarantine status", retry duration). */
const LONGEST_DAYS = 28;

/**
 * A job's escrows by object id. The next cycle retries, later ones after twice the time each, in the end once a day: that it
 * becomes rarer is documented ("How application provisioning works", errors and retries), how much is not.
 */
export class Escrows {
  readonly #escrows = new Map<string, Escrow>();

  /** @param now milliseconds since the epoch */
  fail(objectId: string, failure: Pick<Escrow, "fingerprint" | "isReference">, now: number): void {
    const before = this.#escrows.get(objectId);
    const isSame = before?.retryAt !== null && before?.fingerprint === failure.fingerprint;
    const attempts = isSame ? before.attempts + 1 : 1;
    const failedFirstAt = isSame ? before.failedFirstAt : now;
    const wait = Math.min(DAY_MILLISECONDS, CYCLE_MILLISECONDS * 2 ** Math.min(attempts - 1, 10));
    const isOver = now - failedFirstAt >= LONGEST_DAYS * DAY_MILLISECONDS;
    this.#escrows.set(objectId, { ...failure, attempts, failedFirstAt, retryAt: isOver ? null : now + wait });
  }

  succeed(objectId: string): void {
    this.#escrows.delete(objectId);
  }

  /** Removes objects that the job has finished with. */
  keepOnly(isOfInterest: (objectId: string) => boolean): void {
    for (const id of this.#escrows.keys()) if (!isOfInterest(id)) this.#escrows.delete(id);
  }

  /** Whether the object should not be retried now. */
  holdsBack(objectId: string, fingerprint: () => string, now: number): boolean {
    const escrow = this.#escrows.get(objectId);
    if (escrow === undefined || escrow.fingerprint !== fingerprint()) return false;
    return escrow.retryAt === null || escrow.retryAt > now;
  }

  isAnyDue(now: number): boolean {
    for (const { retryAt } of this.#escrows.values()) if (retryAt !== null && retryAt <= now) return true;
    return false;
  }

  /** Failures that still count, those of references apart. */
  counts(): { readonly failures: number; readonly references: number } {
    const open = [...this.#escrows.values()].filter(({ retryAt }) => retryAt !== null);
    const references = open.filter(({ isReference }) => isReference).length;
    return { failures: open.length - references, references };
  }

  /** No failed object is retried before it changes ("synchronizationJobRestartCriteria", Escrows). */
  stopRetrying(): void {
    for (const [id, escrow] of this.#escrows) this.#escrows.set(id, { ...escrow, retryAt: null });
  }

  /** @param evenGivenUp also objects that are no longer retried */
  retryAll({ evenGivenUp }: { readonly evenGivenUp: boolean }): void {
    for (const [id, escrow] of this.#escrows) {
      if (evenGivenUp || escrow.retryAt !== null) this.#escrows.set(id, { ...escrow, retryAt: 0 });
    }
  }

  clear(): void {
    this.#escrows.clear();
  }
}
