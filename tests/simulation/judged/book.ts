import type { Layer } from "@landbridge/sandbox";
import type { Policy } from "./wishes.ts";

/** A request by which Landbridge grants or removes access. */
interface Attempt {
  readonly action: "create" | "delete";
  /** `account/permission set/group`, in names. */
  readonly key: string;
  readonly at: number;
  /** ARN of the execution whose function sends it. */
  readonly run: string;
}

interface InForce {
  readonly policy: Policy;
  readonly since: number;
}

interface Limits {
  readonly deletionsPerRun: number;
  readonly deletionsPerDay: number;
  /**
   * Between the proof and the request that it is for: one poll, waiting for one's turn at AWS's rate, and, where answers are
   * lost, what the SDK sends again.
   */
  readonly proofMilliseconds: number;
}

/**
 * `unclear`: removed and granted again by hand, before a run that looks at it has ended well (docs/adr/0019); granted by hand
 * when Landbridge was about to create it; or granted by hand while it is not known how a deletion by Landbridge has ended.
 */
type Maker = "landbridge" | "hand" | "unclear";

const DAY = 86_400_000;
/** Half an hour after a request no read decides whose an assignment is (docs/adr/0019); and what the request itself takes. */
const SETTLING_MILLISECONDS = 35 * 60_000;

/**
 * The notes of an outside observer: which policy was in force when, who made which assignment, and every request by which
 * Landbridge grants or removes access. Its checks use no code of Landbridge.
 */
export class Book {
  readonly violations: string[] = [];
  /** Oldest first. */
  readonly #policies: InForce[] = [];
  readonly #deletions: Pick<Attempt, "at" | "run">[] = [];
  /** When somebody paused all runs; null: they may run. */
  #pausedAt: number | null = null;
  /** Deletions that somebody approved, by the time of the approval. */
  readonly #approved: { readonly at: number; readonly run: string; readonly count: number }[] = [];
  /** Who last made the assignment. */
  readonly #makers = new Map<string, Maker>();
  /** When what Landbridge had made was removed: by that run, or by hand. */
  readonly #removed = new Map<string, { readonly at: number; readonly run: string | null }>();
  /** When Landbridge last requested the assignment. */
  readonly #requestedAt = new Map<string, number>();
  readonly #limits: Limits;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  inForce(policy: Policy, since: number): void {
    this.#policies.push({ policy, since });
  }

  get policy(): Policy {
    const last = this.#policies.at(-1);
    if (!last) throw new Error("No policy is in force");
    return last.policy;
  }

  paused(at: number): void {
    this.#pausedAt ??= at;
  }

  resumed(): void {
    this.#pausedAt = null;
  }

  made(key: string, at: number): void {
    this.#requestedAt.set(key, at);
    this.#makers.set(key, "landbridge");
  }

  /**
   * @param hasLookedSince whether a run that looks at it began after that time and has ended well
   * @param hasEndedWell whether that run has ended well
   */
  madeByHand(
    key: string,
    hasLookedSince: (time: number) => boolean,
    hasEndedWell: (run: string) => boolean,
  ): void {
    const { at = null, run = null } = this.#removed.get(key) ?? {};
    const settledAt = (this.#requestedAt.get(key) ?? 0) + SETTLING_MILLISECONDS;
    const isKnown = at === null || (run !== null && hasEndedWell(run));
    const isAnother = isKnown || hasLookedSince(Math.max(at, settledAt));
    this.#makers.set(key, isAnother ? "hand" : "unclear");
    this.#removed.delete(key);
  }

  removedByHand(key: string, at: number): void {
    if (this.#makers.get(key) === "landbridge") this.#removed.set(key, { at, run: null });
    this.#makers.delete(key);
  }

  /** Whether it is for somebody else to take. */
  mayStay(key: string): boolean {
    const maker = this.#makers.get(key);
    return maker === "hand" || maker === "unclear";
  }

  /** @param run ARN of the execution that asked */
  approved(count: number, run: string, at: number): void {
    this.#approved.push({ at, run, count });
  }

  /** @param isThere whether the assignment existed when the request came */
  saw({ action, key, at, run }: Attempt, isThere: boolean): void {
    if (this.#pausedAt !== null && this.#pausedAt < at - this.#limits.proofMilliseconds)
      this.violations.push(`${action} ${key}, although all runs are paused`);
    if (action === "create") return this.#sawCreation(key, at, isThere);
    // Without a maker it is already being deleted: the same request again.
    if (isThere && this.#makers.has(key)) this.#sawDeletion(key, at, run);
  }

  #sawCreation(key: string, at: number, isThere: boolean): void {
    const recent = this.#policiesSince(at - this.#limits.proofMilliseconds);
    if (!recent.some(({ wants }) => wants.has(key)))
      this.violations.push(`created ${key}, which no policy in force wanted`);
    this.#requestedAt.set(key, at);
    if (recent.every(({ paused }) => paused)) this.violations.push(`created ${key} while the policy pauses`);
    if (isThere) {
      // Both have created it.
      if (this.#makers.get(key) === "hand") this.#makers.set(key, "unclear");
      return;
    }
    this.#makers.set(key, "landbridge");
    this.#removed.delete(key);
  }

  #sawDeletion(key: string, at: number, run: string): void {
    if (this.#makers.get(key) === "hand")
      this.violations.push(`deleted ${key}, which somebody had granted by hand`);
    if (this.#policiesSince(at - this.#limits.proofMilliseconds).every(({ wants }) => wants.has(key)))
      this.violations.push(`deleted ${key}, which the policy in force wants`);
    this.#makers.delete(key);
    this.#requestedAt.set(key, at);
    this.#removed.set(key, { at, run });
    this.#deletions.push({ at, run });
    const { deletionsPerDay, deletionsPerRun } = this.#limits;
    this.#checkLimit("within a day", deletionsPerDay, (one) => one.at > at - DAY);
    this.#checkLimit("by one run", deletionsPerRun, (one) => one.run === run);
  }

  #checkLimit(where: string, limit: number, counts: (one: Pick<Attempt, "at" | "run">) => boolean): void {
    const deleted = this.#deletions.filter(counts).length;
    const approved = this.#approved.filter(counts).reduce((sum, { count }) => sum + count, 0);
    if (deleted > limit + approved)
      this.violations.push(`${deleted} deletions ${where}, of which ${approved} were approved`);
  }

  /** The policies in force at some time from then on. */
  #policiesSince(time: number): Policy[] {
    const index = this.#policies.findLastIndex(({ since }) => since <= time);
    return this.#policies.slice(Math.max(0, index)).map(({ policy }) => policy);
  }
}

/** Reports every request to IAM Identity Center that grants or removes access, when it arrives. */
export function watchRequests(
  tell: (action: "create" | "delete", request: AssignmentRequest) => void,
): Layer {
  return (service, inner) => {
    if (service !== "sso-admin") return inner;
    return {
      async fetch(request) {
        const target = request.headers.get("x-amz-target") ?? "";
        const [, action] = /\.(Create|Delete)AccountAssignment$/.exec(target) ?? [];
        if (action) {
          const body = (await request.clone().json()) as AssignmentRequest;
          tell(action === "Create" ? "create" : "delete", body);
        }
        return inner.fetch(request);
      },
    };
  };
}

export interface AssignmentRequest {
  readonly TargetId: string;
  readonly PermissionSetArn: string;
  readonly PrincipalId: string;
}
