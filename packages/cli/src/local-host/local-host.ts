import { randomUUID } from "node:crypto";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { EventSink, FlowEvents } from "@landbridge/core";
import { type Deps, makeDeps } from "@landbridge/functions/_shared/deps";
import { LocalStepFunctions, makeStepFunctionsService } from "@landbridge/local";
import {
  createSandbox,
  type DirectoryFile,
  makeScaledClock,
  type OrganizationFile,
  type Sandbox,
  type ServedSandbox,
  serveSandbox,
} from "@landbridge/sandbox";
import { type FlowListener, type FlowReport, followExecution } from "../flows/follow-execution.ts";
import { invokeFunction, loadFunction } from "./invoke-function.ts";
import { prepareAccount } from "./prepare-account.ts";
import { serveOnLoopback } from "./serve-on-loopback.ts";
import { FLOWS, fillDefinition, type Flow } from "./state-machines.ts";

/** The account that owns the simulated deployment. */
const DEPLOYMENT = "landbridge";

export interface LocalHostOptions {
  readonly organization: OrganizationFile;
  readonly directory: DirectoryFile;
  /** Text of the access policy. */
  readonly policy: string;
  /** How many times faster than the wall clock the simulated world runs. */
  readonly speed: number;
  /** Port of the sandbox; 0 takes any free one. */
  readonly port?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** Stands between the runner and a handler: how tests make one crash. */
  readonly invoke?: (name: string, payload: unknown, handler: () => Promise<unknown>) => Promise<unknown>;
}

export type OperatorTaskOpened = FlowEvents["operator-task.opened"];

/** Sandbox, state machines and handlers in one process: what a deployment is, on a laptop. */
export interface LocalHost {
  readonly sandbox: Sandbox;
  readonly served: ServedSandbox;
  /** The ports that the handlers use, for use cases that a person starts (answerTask). */
  readonly deps: Deps;
  readonly stepFunctions: SFNClient;
  /** Everything that happens, for whoever listens. */
  readonly events: { listener: EventSink | null };
  /** Starts a flow and follows it, and the flows that it starts, to the end. */
  run(flow: Flow, input: object, listener: FlowListener): Promise<FlowReport[]>;
  close(): Promise<void>;
}

/** @throws {Error} when the port is in use */
export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const clock = makeScaledClock(options.speed);
  const sandbox = createSandbox({ organization: options.organization, directory: options.directory, clock });
  const served = await serveSandbox(sandbox, { port: options.port ?? 0 });
  const { region } = options.organization;
  const accountId = sandbox.states.organization.managementAccountId;
  const events: LocalHost["events"] = { listener: null };
  const invoke = options.invoke ?? ((_name, _payload, handler) => handler());

  const local = new LocalStepFunctions({
    clock,
    region,
    accountId,
    newId: randomUUID,
    invokeLambda: (functionArn, payload) => {
      const name =
        functionArn
          .split(":")
          .at(-1)
          ?.slice(DEPLOYMENT.length + 1)
          .replace("_", "/") ?? "";
      return invoke(name, payload, () => invokeFunction(name, payload, deps));
    },
  });
  const stepFunctionsServer = await serveOnLoopback(makeStepFunctionsService(local));
  const variables = {
    AWS_REGION: region,
    ...served.awsEndpoints,
    AWS_ENDPOINT_URL_SFN: stepFunctionsServer.url,
    LANDBRIDGE_TABLE: DEPLOYMENT,
    LANDBRIDGE_BUCKET: DEPLOYMENT,
    LANDBRIDGE_TENANT_ID: sandbox.entra.credentials.tenantId,
    LANDBRIDGE_CLIENT_ID: sandbox.entra.credentials.clientId,
    LANDBRIDGE_CLIENT_SECRET_NAME: "landbridge/graph-client-secret",
    LANDBRIDGE_ROUTES: JSON.stringify(served.routes),
    ...options.variables,
  };
  // The AWS SDK reads its endpoints and credentials from the process; nothing here may reach a real account.
  Object.assign(process.env, variables, SIMULATED_CREDENTIALS);
  await prepareAccount(variables, {
    policy: options.policy,
    clientSecret: sandbox.entra.credentials.clientSecret,
  });
  const deps: Deps = makeDeps(variables, {
    clock,
    events: { emit: (code, payload) => events.listener?.emit(code, payload) },
  });

  const arns = new Map<Flow, string>();
  const names = new Set<string>();
  for (const flow of FLOWS) {
    const definition = fillDefinition(flow, {
      functionArn: (name) => {
        names.add(name);
        return `arn:aws:lambda:${region}:${accountId}:function:${DEPLOYMENT}-${name.replace("/", "_")}`;
      },
      stateMachineArn: (nested) => arns.get(nested) ?? "",
    });
    arns.set(flow, local.createStateMachine(flow, definition));
  }
  await Promise.all([...names].map(loadFunction));
  const stepFunctions = new SFNClient({ region, endpoint: stepFunctionsServer.url });

  return {
    sandbox,
    served,
    deps,
    stepFunctions,
    events,
    async run(flow, input, listener) {
      const { executionArn = "" } = await stepFunctions.send(
        new StartExecutionCommand({ stateMachineArn: arns.get(flow), input: JSON.stringify(input) }),
      );
      return followExecution(stepFunctions, executionArn, listener);
    },
    async close() {
      stepFunctions.destroy();
      await stepFunctionsServer.close();
      await served.close();
    },
  };
}

const SIMULATED_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_SESSION_TOKEN: "",
  AWS_PROFILE: "",
  AWS_EC2_METADATA_DISABLED: "true",
};
