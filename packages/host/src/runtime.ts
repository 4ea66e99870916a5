import {
  type Disturbance,
  LocalEventBus,
  LocalLambda,
  LocalScheduler,
  LocalStepFunctions,
  type LocalStepFunctionsOptions,
  makeEventBridgeService,
  makeLambdaService,
  makeSchedulerService,
  makeStepFunctionsService,
  type Targets,
} from "@landbridge/local";
import type { Sandbox } from "@landbridge/sandbox";
import { EVENT_FUNCTION_NAMES } from "./react-to-events.ts";
import { FLOWS, fillDefinition, type Flow } from "./state-machines.ts";

/** Begins the name of every function of the simulated deployment. */
const DEPLOYMENT = "landbridge";

type Place = Pick<LocalStepFunctionsOptions, "clock" | "region" | "newId"> & {
  readonly random: () => number;
  /** Disturbance of the event bus. */
  readonly disturbance?: () => Disturbance;
};

/** Simulates what runs the flows in AWS: Step Functions, Lambda, the default event bus and Scheduler. */
export interface Runtime {
  readonly stepFunctions: LocalStepFunctions;
  readonly bus: LocalEventBus;
  readonly scheduler: LocalScheduler;
  readonly lambda: LocalLambda;
  /** ARN of `functions/<name>.ts`. */
  readonly functionArn: (name: string) => string;
  readonly stateMachineArns: ReadonlyMap<Flow, string>;
  /** Names of the functions that flows and events call, such as `connect/check-prerequisites`. */
  readonly functionNames: readonly string[];
  /** Ends what waits for a time to come. */
  close(): void;
}

/**
 * Mounts the runtime in the sandbox, with the state machine of every flow.
 * @param invoke runs `functions/<name>.ts`
 */
export function startRuntime(
  sandbox: Sandbox,
  place: Place,
  invoke: (name: string, payload: unknown) => Promise<unknown>,
): Runtime {
  const here = { ...place, accountId: sandbox.states.organization.managementAccountId };
  const names = new Map<string, string>();
  const functions = new Set<string>();
  function functionArn(name: string): string {
    const resource = `${DEPLOYMENT}-${name.replace("/", "_")}`;
    const arn = `arn:aws:lambda:${here.region}:${here.accountId}:function:${resource}`;
    names.set(arn, name);
    functions.add(resource);
    return arn;
  }
  async function invokeLambda(arn: string, payload: unknown): Promise<unknown> {
    const name = names.get(arn);
    if (name === undefined) throw new Error(`No function has the ARN ${arn}.`);
    return invoke(name, payload);
  }

  const stepFunctions = new LocalStepFunctions({ ...here, invokeLambda });
  const lambda = new LocalLambda({ ...here, functions, invoke: invokeLambda });
  const targets: Targets = {
    startExecution: (arn, input, name) =>
      stepFunctions.startExecution({ stateMachineArn: arn, input, ...(name !== undefined && { name }) }),
    invokeLambda: (arn, payload) => lambda.invokeAsync(lambda.resolve(arn), JSON.stringify(payload)),
  };
  const bus = new LocalEventBus({ ...here, targets });
  const scheduler = new LocalScheduler({ ...here, targets });
  sandbox.mount("states", makeStepFunctionsService(stepFunctions));
  sandbox.mount("lambda", makeLambdaService(lambda));
  sandbox.mount("events", makeEventBridgeService(bus));
  sandbox.mount("scheduler", makeSchedulerService(scheduler));

  const stateMachineArns = new Map<Flow, string>();
  for (const flow of FLOWS) {
    const definition = fillDefinition(flow, {
      functionArn,
      stateMachineArn: (nested) => stateMachineArns.get(nested) ?? "",
    });
    stateMachineArns.set(flow, stepFunctions.createStateMachine(flow, definition));
  }
  for (const name of EVENT_FUNCTION_NAMES) functionArn(name);
  return {
    stepFunctions,
    bus,
    scheduler,
    lambda,
    functionArn,
    stateMachineArns,
    functionNames: [...names.values()],
    close() {
      scheduler.close();
      bus.close();
      lambda.close();
    },
  };
}
