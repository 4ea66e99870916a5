import { isFlowError } from "../errors.ts";
import type { Instance, InstanceAssignment, StorePrincipal } from "../model/instance.ts";
import { StorePrincipals } from "../plan/actual-assignments.ts";
import type { AssignmentChange } from "../plan/plan.ts";
import type { AssignmentOperation } from "../ports/identity-center.ts";
import type { Ports } from "../ports/ports.ts";
import { CurrentAssignments } from "./current-assignments.ts";
import { claim, release } from "./ledger.ts";
import { PASSING_ERRORS, type PassingErrorName } from "./patience.ts";
import type { WorkItem } from "./queue.ts";

/** What came of the attempt to start one change. */
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
  readonly planId: string;
  readonly instance: Instance;
  /** Name to ARN, of every permission set of the instance. */
  readonly permissionSetArns: Readonly<Record<string, string>>;
  /** The identity store as it is now: it has the principals that the plan waited for. */
  readonly principals: readonly StorePrincipal[];
}

type Needs = Pick<Ports, "identityCenter" | "records" | "clock">;

/** Starts single changes, with the ledger kept in step. */
export class AssignmentStarter {
  readonly #input: StarterInput;
  readonly #principals: StorePrincipals;
  readonly #current: CurrentAssignments;
  readonly #ports: Needs;

  constructor(input: StarterInput, ports: Needs) {
    this.#input = input;
    this.#principals = new StorePrincipals(input.principals);
    this.#current = new CurrentAssignments(input.instance, ports);
    this.#ports = ports;
  }

  /** @throws what the ports throw and is no {@link FlowError}: such a failure is not the change's own. */
  async start({ change, mustCheck }: WorkItem): Promise<Started> {
    const { planId, instance } = this.#input;
    const assignment = this.#resolve(change);
    if ("reason" in assignment) return { kind: "failed", reason: assignment.reason };
    if (mustCheck && (await this.#current.has(assignment)) === (change.action === "create")) {
      if (change.action === "delete") await release(change, this.#ports.records);
      return { kind: "already-so" };
    }
    if (change.action === "create") await claim(change, planId, this.#ports);
    try {
      const operation = await this.#ports.identityCenter.startAssignment(change.action, instance, assignment);
      return { kind: "operation", operation };
    } catch (error) {
      if (!isFlowError(error)) throw error;
      if (isFlowError(error, "QuotaExceeded")) return { kind: "quota", message: error.message };
      if (!isFlowError(error, ...PASSING_ERRORS))
        return { kind: "failed", reason: `${error.name}: ${error.message}` };
      if (error.name !== "ConflictingOperation" && error.name !== "Throttled") {
        this.#current.forget(assignment.permissionSetArn);
      }
      return { kind: "refused", name: error.name, message: error.message, pause: error.retryAfterSeconds };
    }
  }

  #resolve({
    accountId,
    permissionSet,
    principal,
  }: AssignmentChange): InstanceAssignment | { reason: string } {
    const permissionSetArn = this.#input.permissionSetArns[permissionSet];
    if (permissionSetArn === undefined)
      return { reason: `the instance has no permission set ${permissionSet}` };
    const { type: principalType, directoryId, name } = principal;
    const principalId =
      principal.principalId ?? (directoryId && this.#principals.principalIdOf(principalType, directoryId));
    if (!principalId)
      return { reason: `${name} is not in the identity store yet: look at Entra's provisioning logs` };
    return { accountId, permissionSetArn, principalType, principalId };
  }
}
