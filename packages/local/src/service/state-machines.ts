import type { StateMachine } from "../definition/asl.ts";
import { parseStateMachine } from "../definition/parse-state-machine.ts";
import type * as Api from "./api.ts";
import { checkArn } from "./arns.ts";
import { checkName } from "./names.ts";
import { ServiceError } from "./service-error.ts";
import { Tags } from "./tags.ts";

export interface Registered {
  readonly summary: Api.StateMachineSummary;
  readonly tags: Tags;
  machine: StateMachine;
  roleArn: string;
  updateDate: string;
  revisionId: string | null;
  status: "ACTIVE" | "DELETING";
}

interface Sources {
  readonly arnOf: (name: string) => string;
  readonly defaultRoleArn: string;
  readonly isoNow: () => string;
  readonly newId: () => string;
}

/** The state machines of an account and Region. */
export class StateMachines {
  readonly #sources: Sources;
  readonly #known = new Map<string, Registered>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /**
   * Again with the same definition changes nothing, whatever the role and the tags. [CreateStateMachine]
   * @throws {InvalidDefinition | ServiceError} InvalidName, StateMachineAlreadyExists, StateMachineDeleting, TooManyTags
   */
  create(name: string, definition: unknown, options: Api.CreateStateMachineOptions): Registered {
    checkName(name);
    const machine = parseStateMachine(name, definition);
    const stateMachineArn = this.#sources.arnOf(name);
    const known = this.#known.get(stateMachineArn);
    if (known) return sameAs(known, machine);
    const now = this.#sources.isoNow();
    const registered: Registered = {
      summary: { stateMachineArn, name, type: "STANDARD", creationDate: now },
      tags: new Tags(options.tags),
      machine,
      roleArn: options.roleArn ?? this.#sources.defaultRoleArn,
      updateDate: now,
      revisionId: null,
      status: "ACTIVE",
    };
    this.#known.set(stateMachineArn, registered);
    return registered;
  }

  /**
   * Executions that run keep what they began with. [UpdateStateMachine]
   * @throws {InvalidDefinition | ServiceError} MissingRequiredParameter, StateMachineDoesNotExist, StateMachineDeleting
   */
  update(request: Api.UpdateStateMachineRequest): Api.UpdateStateMachineAnswer {
    const registered = this.getActive(request.stateMachineArn);
    if (request.definition === undefined && request.roleArn === undefined) {
      throw new ServiceError("MissingRequiredParameter", "Give a definition, a roleArn or both.");
    }
    if (request.definition !== undefined) {
      registered.machine = parseStateMachine(registered.summary.name, request.definition);
    }
    registered.roleArn = request.roleArn ?? registered.roleArn;
    registered.updateDate = this.#sources.isoNow();
    registered.revisionId = this.#sources.newId();
    return { updateDate: registered.updateDate, revisionId: registered.revisionId };
  }

  /** Null if there is none: deleting it again is not an error. @throws {ServiceError} InvalidArn */
  find(stateMachineArn: string): Registered | null {
    checkArn(stateMachineArn, "stateMachine");
    return this.#known.get(stateMachineArn) ?? null;
  }

  /** @throws {ServiceError} InvalidArn, StateMachineDoesNotExist */
  get(stateMachineArn: string): Registered {
    const known = this.find(stateMachineArn);
    if (known) return known;
    throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${stateMachineArn}'`);
  }

  /** @throws {ServiceError} InvalidArn, StateMachineDoesNotExist, StateMachineDeleting */
  getActive(stateMachineArn: string): Registered {
    const registered = this.get(stateMachineArn);
    if (registered.status === "ACTIVE") return registered;
    throw new ServiceError("StateMachineDeleting", `State Machine is being deleted: '${stateMachineArn}'`);
  }

  list(): Api.StateMachineSummary[] {
    return [...this.#known.values()].map(({ summary }) => summary);
  }

  drop(stateMachineArn: string): void {
    this.#known.delete(stateMachineArn);
  }
}

function sameAs(known: Registered, machine: StateMachine): Registered {
  const { stateMachineArn } = known.summary;
  if (known.status === "DELETING") {
    throw new ServiceError("StateMachineDeleting", `State Machine is being deleted: '${stateMachineArn}'`);
  }
  if (known.machine.definition === machine.definition) return known;
  throw new ServiceError(
    "StateMachineAlreadyExists",
    `State Machine Already Exists with another definition: '${stateMachineArn}'`,
  );
}

export function describeStateMachine(registered: Registered): Api.StateMachineDescription {
  const { summary, status, machine, roleArn, revisionId } = registered;
  return {
    ...summary,
    status,
    definition: machine.definition,
    roleArn,
    ...(revisionId === null ? {} : { revisionId }),
  };
}
