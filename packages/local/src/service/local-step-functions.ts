import type { Clock } from "@landbridge/core";
import type { Json } from "../definition/asl.ts";
import { makeFunctions } from "../expressions/functions.ts";
import { Alarms } from "../interpreter/alarms.ts";
import type { HistoryEvent } from "../interpreter/history-event.ts";
import { isTooLarge, MAX_PAYLOAD_BYTES } from "../interpreter/payload.ts";
import { runGraph } from "../interpreter/run-graph.ts";
import type { Runtime } from "../interpreter/scope.ts";
import { TaskTokens } from "../interpreter/task-tokens.ts";
import type * as Api from "./api.ts";
import { checkArn } from "./arns.ts";
import { Execution } from "./execution.ts";
import { Executions } from "./executions.ts";
import { checkName } from "./names.ts";
import { takePage } from "./paging.ts";
import { ServiceError, type ServiceErrorName } from "./service-error.ts";
import { describeStateMachine, type Registered, StateMachines } from "./state-machines.ts";
import { validateDefinition } from "./validate-definition.ts";

export interface LocalStepFunctionsOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** Runs a function as Lambda would; what it throws fails the task, by the error's name. */
  readonly invokeLambda: (functionArn: string, payload: unknown) => Promise<unknown>;
  /** Names executions and generates task tokens, so it must not be guessable: `randomUUID`. */
  readonly newId: () => string;
  /** For jitter and `$random`, from 0 to below 1; `Math.random` if absent. */
  readonly random?: () => number;
}

/** Step Functions in this process: state machines, their executions and waiting tasks. Nothing is stored on disk. */
export class LocalStepFunctions {
  readonly #options: LocalStepFunctionsOptions;
  readonly #runtime: Runtime;
  readonly #machines: StateMachines;
  readonly #executions: Executions;

  constructor(options: LocalStepFunctionsOptions) {
    const { clock, region, newId, invokeLambda, random = Math.random } = options;
    const now = () => clock.now();
    const isoNow = () => new Date(now()).toISOString();
    this.#options = options;
    this.#machines = new StateMachines({
      arnOf: (name) => this.#arn("stateMachine", name),
      defaultRoleArn: `arn:aws:iam::${options.accountId}:role/local-step-functions`,
      isoNow,
      newId,
    });
    this.#executions = new Executions(now);
    this.#runtime = {
      region,
      now,
      isoNow,
      newId,
      random,
      alarms: new Alarms(clock),
      functions: makeFunctions({ now, newId, random }),
      tokens: new TaskTokens(now),
      nested: this,
      invokeLambda,
      runGraph,
    };
  }

  /**
   * Registers a state machine; again with the same definition changes nothing.
   * @param definition the parsed JSON
   * @returns its ARN
   * @throws {InvalidDefinition | ServiceError} InvalidName, StateMachineAlreadyExists, StateMachineDeleting, TooManyTags
   */
  createStateMachine(name: string, definition: unknown, options: Api.CreateStateMachineOptions = {}): string {
    return this.#machines.create(name, definition, options).summary.stateMachineArn;
  }

  /** @throws {InvalidDefinition | ServiceError} MissingRequiredParameter, StateMachineDoesNotExist, StateMachineDeleting */
  updateStateMachine(request: Api.UpdateStateMachineRequest): Api.UpdateStateMachineAnswer {
    return this.#machines.update(request);
  }

  /**
   * No execution can start any more; running ones end at their next transition, and then the state machine is removed with
   * all its executions. Does nothing if there is no such state machine.
   * @throws {ServiceError} InvalidArn
   */
  deleteStateMachine(stateMachineArn: string): void {
    const registered = this.#machines.find(stateMachineArn);
    if (!registered) return;
    registered.status = "DELETING";
    for (const execution of this.#executions.listOf(stateMachineArn)) execution.endAtNextTransition();
    this.#dropWhenIdle(registered);
  }

  /** @throws {ServiceError} InvalidArn, StateMachineDoesNotExist */
  describeStateMachine(stateMachineArn: string): Api.StateMachineDescription {
    return describeStateMachine(this.#machines.get(stateMachineArn));
  }

  /** @throws {ServiceError} InvalidArn, ExecutionDoesNotExist */
  describeStateMachineForExecution(executionArn: string): Api.StateMachineForExecution {
    return this.#executions.get(executionArn).describeStateMachine();
  }

  /** @throws {ServiceError} InvalidToken */
  listStateMachines(page: Api.Page = {}): Api.ListStateMachinesAnswer {
    const { items, ...rest } = takePage(this.#machines.list(), page, this.#runtime.now());
    return { stateMachines: items, ...rest };
  }

  /** @throws {ServiceError} ValidationException */
  validateStateMachineDefinition(request: Api.ValidateRequest): Api.ValidateAnswer {
    return validateDefinition(request);
  }

  /** @throws {ServiceError} InvalidArn, ResourceNotFound, TooManyTags */
  tagResource(resourceArn: string, tags: readonly Api.Tag[]): void {
    this.#taggable(resourceArn).tags.add(tags);
  }

  /** @throws {ServiceError} InvalidArn, ResourceNotFound */
  untagResource(resourceArn: string, tagKeys: readonly string[]): void {
    this.#taggable(resourceArn).tags.remove(tagKeys);
  }

  /** @throws {ServiceError} InvalidArn, ResourceNotFound */
  listTagsForResource(resourceArn: string): readonly Api.Tag[] {
    return this.#taggable(resourceArn).tags.list();
  }

  /**
   * Starts an execution. The same name and input as one that is running gives that one; a name is free again 90 days
   * after its execution has ended. [StartExecution]
   * @throws {ServiceError} InvalidArn, StateMachineDoesNotExist, StateMachineDeleting, InvalidName, InvalidExecutionInput,
   * ExecutionAlreadyExists
   */
  startExecution(request: Api.StartExecutionRequest): Api.StartExecutionAnswer {
    const { stateMachineArn } = request;
    const registered = this.#machines.getActive(stateMachineArn);
    const { name = this.#runtime.newId(), input = "{}" } = request;
    checkName(name);
    parseJson(input, "InvalidExecutionInput");
    const arn = this.#arn("execution", `${registered.summary.name}:${name}`);
    const known = this.#executions.find(arn);
    if (known) {
      if (known.status !== "RUNNING" || known.options.input !== input) {
        throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
      }
      return { executionArn: arn, startDate: known.startDate };
    }
    const { machine, roleArn, updateDate, revisionId } = registered;
    const onEnd = (ended: Execution) => {
      this.#executions.noteEnd(ended);
      this.#dropWhenIdle(registered);
    };
    const execution = new Execution(
      { arn, name, stateMachineArn, roleArn, machine, updateDate, revisionId, input, onEnd },
      this.#runtime,
    );
    this.#executions.add(execution);
    execution.start();
    return { executionArn: arn, startDate: execution.startDate };
  }

  /** @throws {ServiceError} InvalidArn, ExecutionDoesNotExist */
  describeExecution(executionArn: string): Api.ExecutionDescription {
    return this.#executions.get(executionArn).describe();
  }

  /** Resolves when the execution has ended, however it ended. @throws {ServiceError} InvalidArn, ExecutionDoesNotExist */
  async untilEnded(executionArn: string): Promise<Api.ExecutionDescription> {
    const execution = this.#executions.get(executionArn);
    await execution.ended;
    return execution.describe();
  }

  /** @throws {ServiceError} InvalidArn, ExecutionDoesNotExist, InvalidToken */
  getExecutionHistory(request: Api.GetExecutionHistoryRequest): Api.GetExecutionHistoryAnswer {
    const { events } = this.#executions.get(request.executionArn);
    const ordered = request.reverseOrder ? events.toReversed() : events;
    const { items, ...rest } = takePage(ordered, request, this.#runtime.now());
    return { events: request.includeExecutionData === false ? items.map(withoutData) : items, ...rest };
  }

  /** Latest first. @throws {ServiceError} InvalidArn, StateMachineDoesNotExist, InvalidToken */
  listExecutions(request: Api.ListExecutionsRequest): Api.ListExecutionsAnswer {
    this.#machines.get(request.stateMachineArn);
    const { statusFilter, redriveFilter } = request;
    const wanted = this.#executions
      .listOf(request.stateMachineArn)
      .filter(({ status }) => statusFilter === undefined || status === statusFilter)
      .filter(({ redriveCount }) => {
        return redriveFilter === undefined || redriveCount > 0 === (redriveFilter === "REDRIVEN");
      });
    const { items, ...rest } = takePage(wanted, request, this.#runtime.now());
    return { executions: items.map((execution) => execution.summarize()), ...rest };
  }

  /** Ends an execution as ABORTED; one that has ended stays as it is. @throws {ServiceError} InvalidArn, ExecutionDoesNotExist */
  stopExecution({ executionArn, error, cause }: Api.StopExecutionRequest): { readonly stopDate: string } {
    return { stopDate: this.#executions.get(executionArn).stop(error, cause) };
  }

  /**
   * Continues a failed, timed-out or stopped execution from the states that did not succeed, up to 14 days later.
   * [RedriveExecution]
   * @throws {ServiceError} InvalidArn, ExecutionDoesNotExist, ExecutionNotRedrivable
   */
  redriveExecution(request: Api.RedriveExecutionRequest): { readonly redriveDate: string } {
    return { redriveDate: this.#executions.get(request.executionArn).redrive(request.clientToken) };
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

  #arn(kind: "stateMachine" | "execution", name: string): string {
    return `arn:aws:states:${this.#options.region}:${this.#options.accountId}:${kind}:${name}`;
  }

  #dropWhenIdle({ status, summary: { stateMachineArn } }: Registered): void {
    if (status !== "DELETING") return;
    if (this.#executions.listOf(stateMachineArn).some((execution) => execution.status === "RUNNING")) return;
    this.#machines.drop(stateMachineArn);
    this.#executions.dropOf(stateMachineArn);
  }

  #taggable(resourceArn: string): Registered {
    checkArn(resourceArn, "stateMachine");
    const registered = this.#machines.find(resourceArn);
    if (registered) return registered;
    throw new ServiceError("ResourceNotFound", `Resource not found: '${resourceArn}'`);
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

/** Details of all kinds keep all but their input and output. */
function withoutData(event: HistoryEvent): HistoryEvent {
  const members = Object.entries(event).map(([name, member]) => {
    if (typeof member !== "object") return [name, member];
    const details = Object.entries(member as Record<string, unknown>);
    return [name, Object.fromEntries(details.filter(([detail]) => !EXECUTION_DATA.has(detail)))];
  });
  return Object.fromEntries(members) as HistoryEvent;
}

const EXECUTION_DATA = new Set(["input", "inputDetails", "output", "outputDetails"]);
