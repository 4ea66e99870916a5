import type { SandboxClock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";

export type PrincipalType = "USER" | "GROUP";

export interface Assignment {
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalType: PrincipalType;
  readonly principalId: string;
}

/** What an asynchronous operation does to roles in accounts. */
export type Work =
  | { readonly kind: "create" | "delete"; readonly assignment: Assignment }
  | {
      readonly kind: "provision";
      readonly permissionSetArn: string;
      readonly revision: number;
      /** Null when the request named all provisioned accounts. */
      readonly targetAccountId: string | null;
    };

export interface AsyncOperation {
  readonly requestId: string;
  readonly work: Work;
  readonly accountIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly endsAt: number;
  status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  failureReason: string | null;
}

export function permissionSetOf(work: Work): string {
  return work.kind === "provision" ? work.permissionSetArn : work.assignment.permissionSetArn;
}

export interface AsyncOperationsOptions {
  readonly clock: SandboxClock;
  readonly random: Random;
  /** Draws the time that one role update in that account takes. */
  readonly drawMilliseconds: (accountId: string) => number;
  /** Does the work of a due operation; returns why it failed, or null. */
  readonly finish: (operation: AsyncOperation) => string | null;
}

/**
 * Asynchronous work on the roles of accounts. One operation at a time updates an account (Identity Center user guide,
 * "Quotas"); the others wait in order. The end of an operation is known when it starts, so no timers are needed: {@link
 * AsyncOperations.settle} does the work that is due.
 */
export class AsyncOperations {
  readonly #options: AsyncOperationsOptions;
  readonly #all = new Map<string, AsyncOperation>();
  readonly #busyUntil = new Map<string, number>();
  #open: AsyncOperation[] = [];

  constructor(options: AsyncOperationsOptions) {
    this.#options = options;
  }

  start(work: Work, accountIds: readonly string[]): AsyncOperation {
    const { clock, random } = this.#options;
    const now = clock.now();
    const ends = accountIds.map((accountId) => this.#occupy(accountId, now));
    const operation: AsyncOperation = {
      requestId: random.uuid(),
      work,
      accountIds,
      createdAt: now,
      endsAt: Math.max(now, ...ends),
      status: "IN_PROGRESS",
      failureReason: null,
    };
    this.#all.set(operation.requestId, operation);
    this.#open.push(operation);
    return operation;
  }

  /** Ends, in order of time, every due operation. */
  settle(): void {
    const now = this.#options.clock.now();
    const due = this.#open.filter(({ endsAt }) => endsAt <= now);
    if (due.length === 0) return;
    this.#open = this.#open.filter(({ endsAt }) => endsAt > now);
    for (const operation of due.toSorted((one, other) => one.endsAt - other.endsAt)) {
      operation.failureReason = this.#options.finish(operation);
      operation.status = operation.failureReason === null ? "SUCCEEDED" : "FAILED";
    }
  }

  /** Operations still in progress. */
  open(): readonly AsyncOperation[] {
    return this.#open;
  }

  find(kind: Work["kind"], requestId: string): AsyncOperation | undefined {
    const operation = this.#all.get(requestId);
    return operation?.work.kind === kind ? operation : undefined;
  }

  /** Newest first. */
  list(kind: Work["kind"]): AsyncOperation[] {
    return [...this.#all.values()].filter(({ work }) => work.kind === kind).toReversed();
  }

  #occupy(accountId: string, now: number): number {
    const start = Math.max(now, this.#busyUntil.get(accountId) ?? now);
    const end = start + this.#options.drawMilliseconds(accountId);
    this.#busyUntil.set(accountId, end);
    return end;
  }
}
