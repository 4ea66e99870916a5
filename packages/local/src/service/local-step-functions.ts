import type { Clock } from "@landbridge/core";
import type { Json, StateMachine } from "../definition/asl.ts";
import { parseStateMachine } from "../definition/parse-state-machine.ts";
import { makeFunctions } from "../expressions/functions.ts";
import { Alarms } from "../interpreter/alarms.ts";
import type { HistoryEvent } from "../interpreter/history.ts";
import { isTooLarge, MAX_PAYLOAD_BYTES } from "../interpreter/payload.ts";
import { runGraph } from "../interpreter/run-graph.ts";
import type { Runtime } from "../interpreter/scope.ts";
import { TaskTokens } from "../interpreter/task-tokens.ts";
import type * as Api from "./api.ts";
import { Execution } from "./execution.ts";
import { checkName } from "./names.ts";
import { takePage } from "./paging.ts";
import { ServiceError, type ServiceErrorName } from "./service-error.ts";

export interface LocalStepFunctionsOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** Runs a function as Lambda would; what it throws fails the task, by the error's name. */
  readonly invokeLambda: (functionArn: string, payload: unknown) => Promise<unknown>;
  /** Names executions and makes task tokens, so it must not be guessable: `randomUUID`. */
  readonly newId: () => string;
  /** For jitter and `$random`, from 0 to below 1; `Math.random` when absent. */
  readonly random?: () => number;
}

interface Registered {
  readonly machine: StateMachine;
  readonly summary: Api.StateMachineSummary;
  /** By name, oldest first. */
  readonly executions: Map<string, Execution>;
}

/** Step Functions in this process: state machines, their executions and the tasks that wait. Nothing is kept on disk. */
export class LocalStepFunctions {
  readonly #options: LocalStepFunctionsOptions;
  readonly #runtime: Runtime;
  readonly #machines = new Map<string, Registered>();
  readonly #executions = new Map<string, Execution>();

  constructor(options: LocalStepFunctionsOptions) {
    const { clock, region, newId, invokeLambda, random = Math.random } = options;
    const now = () => clock.now();
    this.#options = options;
    this.#runtime = {
      region,
      now,
      isoNow: () => new Date(now()).toISOString(),
      newId,
      random,
      alarms: new Alarms(clock),
      functions: makeFunctions({ now, newId, random }),
      tokens: new TaskTokens(),
      nested: this,
      invokeLambda,
      runGraph,
    };
  }

  /**
   * Registers a state machine; again with the same definition changes nothing.
   * @returns its ARN
   * @throws {InvalidDefinition | ServiceError} InvalidName, StateMachineAlreadyExists
   */
  createStateMachine(name: string, definition: unknown): string {
    checkName(name);
    const machine = parseStateMachine(name, definition);
    const stateMachineArn = this.#arn("stateMachine", name);
    const known = this.#machines.get(stateMachineArn);
    if (known && known.machine.definition !== machine.definition) {
      throw new ServiceError(
        "StateMachineAlreadyExists",
        `${stateMachineArn} exists with another definition.`,
      );
    }
    if (!known) {
      const summary = {
        stateMachineArn,
        name,
        type: "STANDARD",
        creationDate: this.#runtime.isoNow(),
      } as const;
      this.#machines.set(stateMachineArn, { machine, summary, executions: new Map() });
    }
    return stateMachineArn;
  }

  /**
   * Starts an execution. The same name and input as one that is running gives that one.
   * @throws {ServiceError} StateMachineDoesNotExist, InvalidName, InvalidExecutionInput, ExecutionAlreadyExists
   */
  startExecution(request: Api.StartExecutionRequest): {
    readonly executionArn: string;
    readonly startDate: string;
  } {
    const { machine, executions } = this.#machine(request.stateMachineArn);
    const { name = this.#runtime.newId(), input = "{}" } = request;
    checkName(name);
    parseJson(input, "InvalidExecutionInput");
    const arn = this.#arn("execution", `${machine.name}:${name}`);
    const known = executions.get(name);
    if (known) {
      if (known.status !== "RUNNING" || known.options.input !== input) {
        throw new ServiceError("ExecutionAlreadyExists", `${arn} exists: take another name.`);
      }
      return { executionArn: arn, startDate: known.startDate };
    }
    const { stateMachineArn } = request;
    const execution = new Execution(
      { arn, name, stateMachineArn, roleArn: this.#roleArn, machine, input },
      this.#runtime,
    );
    executions.set(name, execution);
    this.#executions.set(arn, execution);
    void execution.run();
    return { executionArn: arn, startDate: execution.startDate };
  }

  /** @throws {ServiceError} ExecutionDoesNotExist */
  describeExecution(executionArn: string): Api.ExecutionDescription {
    return this.#execution(executionArn).describe();
  }

  /** Resolves when the execution has ended, however it ended. @throws {ServiceError} ExecutionDoesNotExist */
  async untilEnded(executionArn: string): Promise<Api.ExecutionDescription> {
    const execution = this.#execution(executionArn);
    await execution.ended;
    return execution.describe();
  }

  /** @throws {ServiceError} ExecutionDoesNotExist, InvalidToken */
  getExecutionHistory(request: Api.GetExecutionHistoryRequest): Api.GetExecutionHistoryAnswer {
    const { events } = this.#execution(request.executionArn);
    const ordered = request.reverseOrder ? events.toReversed() : events;
    const { items, ...rest } = takePage(ordered, request);
    return { events: request.includeExecutionData === false ? items.map(withoutData) : items, ...rest };
  }

  /** Latest first. @throws {ServiceError} StateMachineDoesNotExist, InvalidToken */
  listExecutions(request: Api.ListExecutionsRequest): {
    executions: Api.ExecutionSummary[];
    nextToken?: string;
  } {
    const all = [...this.#machine(request.stateMachineArn).executions.values()].toReversed();
    const wanted = all.filter(
      ({ status }) => request.statusFilter === undefined || status === request.statusFilter,
    );
    const { items, ...rest } = takePage(wanted, request);
    return { executions: items.map((execution) => summarize(execution.describe())), ...rest };
  }

  /** Ends an execution as ABORTED; one that has ended stays as it is. @throws {ServiceError} ExecutionDoesNotExist */
  stopExecution({ executionArn, error, cause }: Api.StopExecutionRequest): { readonly stopDate: string } {
    return { stopDate: this.#execution(executionArn).stop(error, cause) };
  }

  /**
   * Answers a task that waits for its token.
   * @throws {ServiceError} InvalidToken, InvalidOutput, TaskDoesNotExist, TaskTimedOut (also when answered before)
   */
  sendTaskSuccess({ taskToken, output }: { readonly taskToken: string; readonly output: string }): void {
    this.#runtime.tokens.succeed(taskToken, parseJson(output, "InvalidOutput"));
  }

  /** @throws {ServiceError} InvalidToken, TaskDoesNotExist, TaskTimedOut */
  sendTaskFailure(request: {
    readonly taskToken: string;
    readonly error?: string;
    readonly cause?: string;
  }): void {
    this.#runtime.tokens.fail(request.taskToken, request.error, request.cause);
  }

  /** Starts HeartbeatSeconds again. @throws {ServiceError} InvalidToken, TaskDoesNotExist, TaskTimedOut */
  sendTaskHeartbeat({ taskToken }: { readonly taskToken: string }): void {
    this.#runtime.tokens.beat(taskToken);
  }

  /** @throws {ServiceError} StateMachineDoesNotExist */
  describeStateMachine(stateMachineArn: string): Api.StateMachineDescription {
    const { machine, summary } = this.#machine(stateMachineArn);
    return { ...summary, status: "ACTIVE", definition: machine.definition, roleArn: this.#roleArn };
  }

  /** @throws {ServiceError} InvalidToken */
  listStateMachines(page: Api.Page = {}): {
    stateMachines: readonly Api.StateMachineSummary[];
    nextToken?: string;
  } {
    const summaries = [...this.#machines.values()].map(({ summary }) => summary);
    const { items, ...rest } = takePage(summaries, page);
    return { stateMachines: items, ...rest };
  }

  get #roleArn(): string {
    return `arn:aws:iam::${this.#options.accountId}:role/local-step-functions`;
  }

  #arn(kind: "stateMachine" | "execution", name: string): string {
    return `arn:aws:states:${this.#options.region}:${this.#options.accountId}:${kind}:${name}`;
  }

  #machine(arn: string): Registered {
    const known = this.#machines.get(arn);
    if (known) return known;
    throw new ServiceError(
      "StateMachineDoesNotExist",
      `No state machine ${arn} was created in this process.`,
    );
  }

  #execution(arn: string): Execution {
    const known = this.#executions.get(arn);
    if (known) return known;
    throw new ServiceError("ExecutionDoesNotExist", `No execution ${arn} was started in this process.`);
  }
}

function parseJson(text: string, refusal: ServiceErrorName): Json {
  if (isTooLarge(text)) throw new ServiceError(refusal, `More than ${MAX_PAYLOAD_BYTES} bytes of JSON.`);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new ServiceError(refusal, `Not JSON: ${(error as Error).message}`);
  }
}

function summarize({
  executionArn,
  stateMachineArn,
  name,
  status,
  startDate,
  stopDate,
}: Api.ExecutionDescription) {
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate,
    ...(stopDate === undefined ? {} : { stopDate }),
  };
}

/** Details of all kinds keep all but their input and output. */
function withoutData(event: HistoryEvent): HistoryEvent {
  const members = Object.entries(event).map(([name, member]) => {
    if (typeof member !== "object") return [name, member];
    const { input: _input, output: _output, ...details } = member as Record<string, unknown>;
    return [name, details];
  });
  return Object.fromEntries(members) as HistoryEvent;
}
