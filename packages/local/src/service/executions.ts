import { checkArn } from "./arns.ts";
import type { Execution } from "./execution.ts";
import { ServiceError } from "./service-error.ts";

/** How long AWS keeps an execution that has ended, and its name taken. [Step Functions: Service quotas] */
export const RETENTION_MILLISECONDS = 90 * 86_400_000;

interface Closed {
  readonly execution: Execution;
  readonly stopDate: string;
}

/** The executions of all state machines, until 90 days after they have ended: memory stays bounded however long it runs. */
export class Executions {
  readonly #now: () => number;
  readonly #byArn = new Map<string, Execution>();
  /** Latest last. */
  readonly #byMachine = new Map<string, Set<Execution>>();
  /** In order of ending; a redriven one appears again. */
  #closed: Closed[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  add(execution: Execution): void {
    const { arn, stateMachineArn } = execution.options;
    this.#byArn.set(arn, execution);
    const siblings = this.#byMachine.get(stateMachineArn) ?? new Set();
    this.#byMachine.set(stateMachineArn, siblings.add(execution));
  }

  noteEnd(execution: Execution): void {
    const { stopDate } = execution;
    if (stopDate !== undefined) this.#closed.push({ execution, stopDate });
  }

  find(arn: string): Execution | null {
    this.#dropExpired();
    return this.#byArn.get(arn) ?? null;
  }

  /** @throws {ServiceError} InvalidArn, ExecutionDoesNotExist */
  get(arn: string): Execution {
    checkArn(arn, "execution");
    const known = this.find(arn);
    if (known) return known;
    throw new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
  }

  /** Latest first. */
  listOf(stateMachineArn: string): Execution[] {
    this.#dropExpired();
    return [...(this.#byMachine.get(stateMachineArn) ?? [])].toReversed();
  }

  /** Removes the executions of a state machine, which have ended. */
  dropOf(stateMachineArn: string): void {
    for (const execution of this.#byMachine.get(stateMachineArn) ?? [])
      this.#byArn.delete(execution.options.arn);
    this.#byMachine.delete(stateMachineArn);
    this.#closed = this.#closed.filter(
      ({ execution }) => execution.options.stateMachineArn !== stateMachineArn,
    );
  }

  #dropExpired(): void {
    const before = this.#now() - RETENTION_MILLISECONDS;
    const kept = this.#closed.findIndex(({ stopDate }) => Date.parse(stopDate) > before);
    const expired = this.#closed.splice(0, kept < 0 ? this.#closed.length : kept);
    for (const { execution, stopDate } of expired) {
      // It may run again since, or have ended again later.
      if (execution.stopDate !== stopDate) continue;
      const { arn, stateMachineArn } = execution.options;
      this.#byArn.delete(arn);
      this.#byMachine.get(stateMachineArn)?.delete(execution);
    }
  }
}
