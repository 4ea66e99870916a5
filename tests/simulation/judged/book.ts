import type { Layer } from "@landbridge/sandbox";
import type { Policy } from "./wishes.ts";

/** A request by which Landbridge grants or removes access. */
interface Attempt {
  readonly action: "create" | "delete";
  /** `account/permission set/group`, in names. */
  readonly key: string;
  readonly at: number;
}

interface InForce {
  readonly policy: Policy;
  readonly since: number;
}

interface Limits {
  readonly deletionsPerDay: number;
  /**
   * Between the proof and the request that it is for: one poll, waiting for one's turn at AWS's rate, and, where answers are
   * lost, what the SDK sends again.
   */
  readonly proofMilliseconds: number;
}

const DAY = 86_400_000;

/**
 * The notes of an outside observer: which policy was in force when, who made which assignment, and every request by which
 * Landbridge grants or removes access. Its checks use no code of Landbridge.
 */
export class Book {
  readonly violations: string[] = [];
  /** Oldest first. */
  readonly #policies: InForce[] = [];
  readonly #deletions: number[] = [];
  /** Deletions that somebody approved, by the time of the approval. */
  readonly #approved: { readonly at: number; count: number }[] = [];
  /** Who last made the assignment. */
  readonly #makers = new Map<string, "landbridge" | "hand">();
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

  made(key: string): void {
    this.#makers.set(key, "landbridge");
  }

  madeByHand(key: string): void {
    this.#makers.set(key, "hand");
  }

  removedByHand(key: string): void {
    this.#makers.delete(key);
  }

  isByHand(key: string): boolean {
    return this.#makers.get(key) === "hand";
  }

  approved(count: number, at: number): void {
    this.#approved.push({ at, count });
  }

  /** @param isThere whether the assignment existed when the request came */
  saw({ action, key, at }: Attempt, isThere: boolean): void {
    if (action === "create") return this.#sawCreation(key, at, isThere);
    if (isThere) this.#sawDeletion(key, at);
  }

  #sawCreation(key: string, at: number, isThere: boolean): void {
    const recent = this.#policiesSince(at - this.#limits.proofMilliseconds);
    if (!recent.some(({ wants }) => wants.has(key)))
      this.violations.push(`created ${key}, which no policy in force wanted`);
    if (recent.every(({ paused }) => paused)) this.violations.push(`created ${key} while the policy pauses`);
    if (!isThere) this.#makers.set(key, "landbridge");
  }

  #sawDeletion(key: string, at: number): void {
    if (this.isByHand(key)) this.violations.push(`deleted ${key}, which somebody had granted by hand`);
    if (this.#policiesSince(at - this.#limits.proofMilliseconds).every(({ wants }) => wants.has(key)))
      this.violations.push(`deleted ${key}, which the policy in force wants`);
    this.#makers.delete(key);
    this.#deletions.push(at);
    const lately = this.#deletions.filter((time) => time > at - DAY).length;
    const approved = this.#approved
      .filter((one) => one.at > at - DAY)
      .reduce((sum, { count }) => sum + count, 0);
    if (lately > this.#limits.deletionsPerDay + approved)
      this.violations.push(`${lately} deletions within a day, of which ${approved} were approved`);
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
