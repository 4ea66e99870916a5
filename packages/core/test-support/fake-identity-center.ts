import type { Instance, InstanceAssignment } from "../src/model/instance.ts";
import type { Clock } from "../src/ports/clock.ts";
import type { AssignmentAction, AssignmentOperation, IdentityCenter } from "../src/ports/identity-center.ts";

interface FakeOperation {
  readonly requestId: string;
  readonly action: AssignmentAction;
  readonly key: string;
  readonly accountId: string;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly failureReason: string | null;
  status: AssignmentOperation["status"];
}

/** How the fake answers; by default everything succeeds after three seconds. */
export interface Behaviour {
  readonly latencyMilliseconds?: (startNumber: number) => number;
  /** How long a listing does not show what has started. */
  readonly listingLagMilliseconds?: number;
  /** Why an operation ends as failed, or null. */
  readonly failureReason?: (key: string) => string | null;
  /** The refusal of a start, or null; `startNumber` counts from 1. */
  readonly refusal?: (key: string, startNumber: number) => Error | null;
}

/** `123456789012 arn:… store-1` */
export function keyOf({ accountId, permissionSetArn, principalId }: InstanceAssignment): string {
  return `${accountId} ${permissionSetArn} ${principalId}`;
}

/** The asynchronous half of IAM Identity Center in memory; remembers its calls and whether quotas were respected. */
export class FakeIdentityCenter implements IdentityCenter {
  readonly assignments = new Map<string, InstanceAssignment>();
  /** Keys with their action in the order in which operations began. */
  readonly started: string[] = [];
  /** What must not happen: a broken quota, an operation that would change nothing. */
  readonly violations: string[] = [];
  readonly calls = { start: 0, list: 0, describe: 0, read: 0 };
  mostOutstanding = 0;
  behaviour: Behaviour = {};
  readonly #operations: FakeOperation[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock, assignments: readonly InstanceAssignment[] = []) {
    this.#clock = clock;
    for (const assignment of assignments) this.assignments.set(keyOf(assignment), assignment);
  }

  /** An operation that somebody else has started. */
  startForOthers(accountId: string, milliseconds: number): void {
    const startedAt = this.#clock.now();
    this.#operations.push({
      requestId: `other-${this.#operations.length}`,
      action: "create",
      key: "",
      accountId,
      startedAt,
      endsAt: startedAt + milliseconds,
      failureReason: "not ours",
      status: "IN_PROGRESS",
    });
  }

  /** The keys of the running operations. */
  keysInProgress(): ReadonlySet<string> {
    this.#settle();
    return new Set(this.#inProgress().map(({ key }) => key));
  }

  startAssignment(
    action: AssignmentAction,
    _instance: Instance,
    assignment: InstanceAssignment,
  ): Promise<AssignmentOperation> {
    this.#settle();
    const key = keyOf(assignment);
    const number = ++this.calls.start;
    const refused = this.behaviour.refusal?.(key, number);
    if (refused) return Promise.reject(refused);
    this.#watch(action, key, assignment.accountId);
    const operation: FakeOperation = {
      requestId: `${action}-${number}`,
      action,
      key,
      accountId: assignment.accountId,
      startedAt: this.#clock.now(),
      endsAt: this.#clock.now() + (this.behaviour.latencyMilliseconds?.(number) ?? 3_000),
      failureReason: this.behaviour.failureReason?.(key) ?? null,
      status: "IN_PROGRESS",
    };
    this.#operations.push(operation);
    this.#wanted.set(operation.requestId, assignment);
    this.started.push(`${action} ${key}`);
    this.mostOutstanding = Math.max(this.mostOutstanding, this.#inProgress().length);
    return Promise.resolve({ requestId: operation.requestId, status: "IN_PROGRESS", failureReason: null });
  }

  listAssignmentOperations(
    action: AssignmentAction,
    _instance: Instance,
    status: AssignmentOperation["status"],
  ): Promise<string[]> {
    this.#settle();
    this.calls.list++;
    const listedUntil = this.#clock.now() - (this.behaviour.listingLagMilliseconds ?? 0);
    const found = this.#operations.filter(
      (operation) =>
        operation.action === action && operation.status === status && operation.startedAt <= listedUntil,
    );
    return Promise.resolve(found.map(({ requestId }) => requestId).toReversed());
  }

  describeAssignmentOperation(
    _action: AssignmentAction,
    _instance: Instance,
    requestId: string,
  ): Promise<AssignmentOperation> {
    this.#settle();
    this.calls.describe++;
    const operation = this.#operations.find((candidate) => candidate.requestId === requestId);
    if (!operation) return Promise.reject(new Error(`No operation ${requestId}`));
    const { status, failureReason } = operation;
    return Promise.resolve({ requestId, status, failureReason });
  }

  readAssignmentsAt(
    _instance: Instance,
    accountId: string,
    permissionSetArn: string,
  ): Promise<InstanceAssignment[]> {
    this.#settle();
    this.calls.read++;
    const found = [...this.assignments.values()].filter(
      (other) => other.accountId === accountId && other.permissionSetArn === permissionSetArn,
    );
    return Promise.resolve(found);
  }

  readonly #wanted = new Map<string, InstanceAssignment>();

  #inProgress(): FakeOperation[] {
    return this.#operations.filter(({ status }) => status === "IN_PROGRESS");
  }

  #watch(action: AssignmentAction, key: string, accountId: string): void {
    const running = this.#inProgress();
    if (running.length >= 15) this.violations.push("more than 15 outstanding");
    if (running.some((other) => other.accountId === accountId))
      this.violations.push(`two at once in ${accountId}`);
    const isThere = this.assignments.has(key);
    if (isThere === (action === "create")) this.violations.push(`${action} of what is already so: ${key}`);
  }

  #settle(): void {
    for (const operation of this.#inProgress()) {
      if (operation.endsAt > this.#clock.now()) continue;
      operation.status = operation.failureReason === null ? "SUCCEEDED" : "FAILED";
      const assignment = this.#wanted.get(operation.requestId);
      if (operation.status === "FAILED" || !assignment) continue;
      if (operation.action === "create") this.assignments.set(operation.key, assignment);
      else this.assignments.delete(operation.key);
    }
  }

  readInstance(): Promise<Instance> {
    return notNeeded();
  }
  readonly listPermissionSets = notNeeded;
  readonly readPermissionSets = notNeeded;
  readonly listPermissionSetArns = notNeeded;
  readonly readPermissionSet = notNeeded;
  readonly createPermissionSet = notNeeded;
  readonly updatePermissionSet = notNeeded;
  readonly deletePermissionSet = notNeeded;
  readonly listOutdatedAccounts = notNeeded;
  readonly startProvisioning = notNeeded;
  readonly describeProvisioning = notNeeded;
  readonly readAssignments = notNeeded;
  readonly readAssignmentsOf = notNeeded;
  readonly listAccountsWith = notNeeded;
  readonly listPermissionSetsIn = notNeeded;
}

function notNeeded(): Promise<never> {
  return Promise.reject(new Error("The assignment worker has no business here"));
}
