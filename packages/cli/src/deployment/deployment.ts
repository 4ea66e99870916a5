import type { Clock, Executions, HealthDocument, OperatorTask, Pause, Plan } from "@landbridge/core";

/** Operator tasks, with the rights of the command's user. */
export interface TaskDesk {
  /** The tasks that wait for an answer, the oldest first. */
  listOpen(): Promise<OperatorTask[]>;
  /** Includes closed ones, as long as they are kept. */
  listAll(): Promise<OperatorTask[]>;
  /** @throws {FlowError} TaskNotFound */
  read(id: string): Promise<OperatorTask>;
  /** @throws {FlowError} what is wrong with the answer: the task stays open */
  answer(task: OperatorTask, answer: object): Promise<void>;
  decline(task: OperatorTask, reason: string): Promise<void>;
  /** The file that the task needs. */
  readDocument(task: OperatorTask): Promise<string>;
}

/** A policy that the deployment has, under the hash that names it. */
export interface KeptProposal {
  readonly hash: string;
  /** Whether its content is already in force. */
  readonly isInForce: boolean;
}

/** The emergency stop of all runs. */
export interface PauseSwitch {
  /** Null if there is no pause. */
  read(): Promise<Pause | null>;
  /** An existing pause does not change. */
  begin(reason: string): Promise<{ readonly pause: Pause; readonly isNew: boolean }>;
  /** Returns the pause that has ended; null: there was none. */
  end(): Promise<Pause | null>;
}

/** A deployment as commands see it: through the services of its account, or through its API. */
export interface Deployment {
  readonly executions: Executions;
  readonly tasks: TaskDesk;
  readonly pause: PauseSwitch;
  readonly clock: Clock;
  /** Null before the watch has run. */
  readHealth(): Promise<HealthDocument | null>;
  /** The part of an execution's input that says who started it; the API adds it itself. */
  requester(): Promise<{ readonly requestedBy?: string }>;
  /**
   * Stores a policy, in the name of the command's user, until a run puts it in force.
   * @param basedOn version of the policy that it was planned against; by default the current one
   * @throws {FlowError} PolicyInvalid, ProposalStale
   */
  propose(policy: string, basedOn?: string | null): Promise<KeptProposal>;
}

/** A deployment that one sees through its API only: it has to read both clouds itself. */
export interface RemoteDeployment extends Deployment {
  /** The plan of an execution of sync-access, by the execution's name. */
  readPlan(executionName: string): Promise<Plan>;
}
