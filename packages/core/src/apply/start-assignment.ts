import { isFlowError } from "../errors.ts";
import type { LedgerKeeper } from "../ledger/ledger-keeper.ts";
import type { Instance } from "../model/instance.ts";
import type { AssignmentOperation } from "../ports/identity-center.ts";
import type { Ports } from "../ports/ports.ts";
import type { CurrentAssignments } from "./current-assignments.ts";
import { PASSING_ERRORS, type PassingErrorName } from "./patience.ts";
import type { WorkItem } from "./queue.ts";

/** The result of an attempt to start one change. */
export type Started =
  | { readonly kind: "operation"; readonly operation: AssignmentOperation }
  | { readonly kind: "already-so" }
  | {
      readonly kind: "refused";
      readonly name: PassingErrorName;
      readonly message: string;
      readonly pause: number | undefined;
    }
  | { readonly kind: "quota"; readonly message: string }
  | { readonly kind: "failed"; readonly reason: string };

interface StarterInput {
  readonly instance: Instance;
  readonly current: CurrentAssignments;
  readonly ledger: LedgerKeeper;
}

/** Starts single changes, and keeps the ledger up to date. */
export class AssignmentStarter {
  readonly #input: StarterInput;
  readonly #identityCenter: Ports["identityCenter"];

  constructor(input: StarterInput, { identityCenter }: Pick<Ports, "identityCenter">) {
    this.#input = input;
    this.#identityCenter = identityCenter;
  }

  /**
   * @throws any error of the ports that is not a {@link FlowError}: such a failure does not concern this change alone.
   */
  async start({ change, assignment, mustCheck }: WorkItem): Promise<Started> {
    const { instance, current, ledger } = this.#input;
    if (mustCheck && (await current.has(assignment)) === (change.action === "create")) {
      if (change.action === "create") await ledger.confirm(assignment);
      else await ledger.release(assignment);
      return { kind: "already-so" };
    }
    if (change.action === "create") await ledger.claim(change, assignment);
    else await ledger.doubt(assignment);
    try {
      const operation = await this.#identityCenter.startAssignment(change.action, instance, assignment);
      return { kind: "operation", operation };
    } catch (error) {
      if (!isFlowError(error)) throw error;
      if (isFlowError(error, "QuotaExceeded")) return { kind: "quota", message: error.message };
      if (!isFlowError(error, ...PASSING_ERRORS))
        return { kind: "failed", reason: `${error.name}: ${error.message}` };
      if (error.name !== "Throttled") current.forget(assignment);
      return { kind: "refused", name: error.name, message: error.message, pause: error.retryAfterSeconds };
    }
  }
}
