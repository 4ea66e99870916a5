import { contractLayer } from "@landbridge/contract-check";
import type { ExecutionDescription } from "../src/service/api.ts";
import type { HistoryEvent } from "../src/interpreter/history-event.ts";
import { LocalStepFunctions } from "../src/service/local-step-functions.ts";
import { makeStepFunctionsService } from "../src/service/wire.ts";
import { makeVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export type Lambdas = Readonly<Record<string, (payload: never, bench: Bench) => unknown>>;

export interface Bench {
  readonly local: LocalStepFunctions;
  readonly clock: VirtualClock;
}

/** A runner on virtual time with named functions. */
export function makeBench(lambdas: Lambdas = {}, options: { random?: () => number } = {}): Bench {
  const clock = makeVirtualClock();
  let ids = 0;
  const local = new LocalStepFunctions({
    clock,
    region: "eu-central-1",
    accountId: "111122223333",
    newId: () => `id-${++ids}`,
    invokeLambda: async (name, payload) => {
      const lambda = lambdas[name];
      if (!lambda)
        throw Object.assign(new Error(`no function ${name}`), { name: "ResourceNotFoundException" });
      return lambda(payload as never, bench);
    },
    ...options,
  });
  const bench: Bench = { local, clock };
  return bench;
}

/** States by name, the first is the start. */
export function machineOf(states: Record<string, object>, rest: object = {}): object {
  return { QueryLanguage: "JSONata", StartAt: Object.keys(states)[0], States: states, ...rest };
}

export function invoke(name: string, payload: unknown = {}): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: name, Payload: payload },
  };
}

export function invokeWithToken(name: string): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    Arguments: { FunctionName: name, Payload: { token: "{% $states.context.Task.Token %}" } },
  };
}

export interface Finished extends ExecutionDescription {
  readonly result: unknown;
  readonly events: readonly HistoryEvent[];
  readonly types: readonly string[];
}

/** Runs a machine to its end. */
export async function run(bench: Bench, definition: object, input: unknown = {}): Promise<Finished> {
  const stateMachineArn = bench.local.createStateMachine("machine", definition);
  const { executionArn } = bench.local.startExecution({ stateMachineArn, input: JSON.stringify(input) });
  return finished(bench, executionArn);
}

export async function finished({ local }: Bench, executionArn: string): Promise<Finished> {
  const description = await local.untilEnded(executionArn);
  await checkAgainstContract(local, executionArn);
  const { events } = local.getExecutionHistory({ executionArn, maxResults: 1000 });
  const result: unknown = description.output === undefined ? undefined : JSON.parse(description.output);
  return { ...description, result, events, types: events.map(({ type }) => type) };
}

/** Repeats the queries of any test over the wire, where the service's contract checks the answer. */
async function checkAgainstContract(local: LocalStepFunctions, executionArn: string): Promise<void> {
  const service = contractLayer("simulator")("states", makeStepFunctionsService(local));
  for (const operation of ["DescribeExecution", "GetExecutionHistory"]) {
    const headers = { "x-amz-target": `AWSStepFunctions.${operation}` };
    const body = JSON.stringify({ executionArn });
    const response = await service.fetch(new Request("http://localhost/", { method: "POST", headers, body }));
    await response.text();
  }
}
