import type { Clock, Executions, HealthDocument, OperatorTask, Pause, Plan } from "@landbridge/core";

/** Operator tasks, as whoever runs the command may deal with them. */
export interface TaskDesk {
  /** Those that wait for an answer, the oldest first. */
  listOpen(): Promise<OperatorTask[]>;
  /** Closed ones too, as long as they are kept. */
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
  /** Whether it says what is in force already. */
  readonly isInForce: boolean;
}

/** The emergency stop of all runs. */
export interface PauseSwitch {
  /** Null when nobody has paused. */
  read(): Promise<Pause | null>;
  /** A pause that is there already stays as it is. */
  begin(reason: string): Promise<{ readonly pause: Pause; readonly isNew: boolean }>;
  /** Answers with the pause that has ended; null: there was none. */
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
  /** What an execution's input says of who started it; the API says it itself. */
  requester(): Promise<{ readonly requestedBy?: string }>;
  /**
   * Keeps a policy, in the name of whoever runs the command, until a run puts it in force.
   * @param basedOn version of the policy that it was planned against; without it the one of now
   * @throws {FlowError} PolicyInvalid, ProposalStale
   */
  propose(policy: string, basedOn?: string | null): Promise<KeptProposal>;
}

/** A deployment that one sees through its API only: it has to read both clouds itself. */
export interface RemoteDeployment extends Deployment {
  /** What an execution of sync-access, by name, has planned. */
  readPlan(executionName: string): Promise<Plan>;
}
