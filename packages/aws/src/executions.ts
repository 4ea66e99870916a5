import {
  DescribeExecutionCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import {
  type ErrorName,
  type Execution,
  type ExecutionMoment,
  type Executions,
  FlowError,
} from "@landbridge/core";
import { required } from "./required.ts";
import { isAwsError } from "./translate-error.ts";

/** Longest `cause` (StopExecution). */
const MAX_CAUSE_CHARACTERS = 32_768;

/**
 * Executions of the deployed state machines.
 * @param prefix ARN of every state machine up to the name of its flow
 */
export function makeExecutions(stepFunctions: SFNClient, prefix: string | undefined): Executions {
  function stateMachineArn(flow: string): string {
    if (prefix !== undefined) return `${prefix}${flow}`;
    throw new FlowError("FlowNotFound", "LANDBRIDGE_STATE_MACHINE_PREFIX is not the ARN prefix of the flows");
  }
  /** Asks nothing about what is not the deployment's, whatever the caller might see in the account. */
  function own(executionArn: string): string {
    const ours = prefix?.replace(":stateMachine:", ":execution:") ?? "";
    if (executionArn.startsWith(ours)) return executionArn;
    throw new FlowError("ExecutionNotFound", `${executionArn} does not exist in this deployment`);
  }
  const describe = describeBelow(prefix?.split(":").at(-1) ?? "");
  return {
    async start(flow, input, name) {
      const command = new StartExecutionCommand({
        stateMachineArn: stateMachineArn(flow),
        input: JSON.stringify(input),
        ...(name !== undefined && { name }),
      });
      const { executionArn } = await stepFunctions.send(command).catch(refuse);
      return required(executionArn, "StartExecution: executionArn");
    },
    async list(flow) {
      const command = new ListExecutionsCommand({ stateMachineArn: stateMachineArn(flow), maxResults: 100 });
      const { executions = [] } = await stepFunctions.send(command).catch(refuse);
      return executions.map((item) => describe(item));
    },
    async status(arn) {
      const { status } = await stepFunctions
        .send(new DescribeExecutionCommand({ executionArn: own(arn) }))
        .catch(refuse);
      return required(status, "DescribeExecution: status");
    },
    async read(arn) {
      const execution = await stepFunctions
        .send(new DescribeExecutionCommand({ executionArn: own(arn) }))
        .catch(refuse);
      const { output, error, cause } = execution;
      return {
        ...describe(execution),
        history: await readHistory(stepFunctions, arn),
        output: output === undefined ? null : JSON.parse(output),
        error: error ?? null,
        cause: cause ?? null,
      };
    },
    async stop(arn, cause) {
      const command = new StopExecutionCommand({
        executionArn: own(arn),
        cause: cause.slice(0, MAX_CAUSE_CHARACTERS),
      });
      await stepFunctions.send(command).catch(refuse);
    },
  };
}

async function readHistory(client: SFNClient, executionArn: string): Promise<ExecutionMoment[]> {
  const moments: ExecutionMoment[] = [];
  for await (const page of paginateGetExecutionHistory({ client }, { executionArn, maxResults: 1000 })) {
    for (const event of page.events ?? []) {
      const moment = momentOf(event);
      if (moment !== null) moments.push(moment);
    }
  }
  return moments;
}

function momentOf(event: HistoryEvent): ExecutionMoment | null {
  // A flow's choices are internal: a follower reads what was done.
  if (event.type?.startsWith("ChoiceState")) return null;
  const at = required(event.timestamp, "GetExecutionHistory: timestamp").toISOString();
  const entered = event.stateEnteredEventDetails?.name;
  if (entered !== undefined) return { at, what: "entered", subject: entered };
  const left = event.stateExitedEventDetails?.name;
  if (left !== undefined) return { at, what: "left", subject: left };
  const started = startedExecution(event);
  return started === null ? null : { at, what: "started", subject: started };
}

/** `startExecution.sync:2` answers its submission with the ARN of what it started. */
function startedExecution({ taskSubmittedEventDetails: details }: HistoryEvent): string | null {
  if (details?.resourceType !== "states" || details.output === undefined) return null;
  const { ExecutionArn } = JSON.parse(details.output) as { ExecutionArn?: string };
  return ExecutionArn ?? null;
}

interface Described {
  readonly executionArn?: string | undefined;
  readonly stateMachineArn?: string | undefined;
  readonly name?: string | undefined;
  readonly status?: Execution["status"] | undefined;
  readonly startDate?: Date | undefined;
  readonly stopDate?: Date | undefined;
}

/** @param deployment begins the name of every state machine, before that of the flow */
function describeBelow(deployment: string) {
  return ({ executionArn, status, startDate, stopDate }: Described): Execution => {
    const arn = required(executionArn, "executionArn");
    // …:execution:<state machine>:<name>
    const [machine = "", name = ""] = arn.split(":").slice(-2);
    return {
      arn,
      flow: machine.startsWith(deployment) ? machine.slice(deployment.length) : machine,
      name,
      status: required(status, "status"),
      startedAt: required(startDate, "startDate").toISOString(),
      endedAt: stopDate?.toISOString() ?? null,
    };
  };
}

const NAMES: Readonly<Record<string, ErrorName>> = {
  StateMachineDoesNotExist: "FlowNotFound",
  ExecutionAlreadyExists: "ExecutionConflict",
  ExecutionDoesNotExist: "ExecutionNotFound",
  InvalidArn: "ExecutionNotFound",
};

function refuse(error: unknown): never {
  if (!isAwsError(error, ...Object.keys(NAMES))) throw error;
  const { name, message } = error as Error;
  throw new FlowError(NAMES[name] ?? "Unexpected", message, { cause: error });
}
