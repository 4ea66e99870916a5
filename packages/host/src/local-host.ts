import { randomUUID } from "node:crypto";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { EventSink, FlowEvents } from "@landbridge/core";
import { type Deps, makeDeps } from "@landbridge/functions/_shared/deps";
import type { Disturbance } from "@landbridge/local";
import { makeWiring, type Wiring } from "@landbridge/functions/_shared/wiring";
import {
  createSandbox,
  type DirectoryFile,
  type Layer,
  makeScaledClock,
  makeVirtualClock,
  type OrganizationFile,
  Random,
  type Sandbox,
  type ServedSandbox,
} from "@landbridge/sandbox";
import { type FlowListener, type FlowReport, followExecution } from "./follow-execution.ts";
import { API_FUNCTION_NAMES, mountHttpApi } from "./http-api.ts";
import { type Handler, invokeFunction, type LoadFunction, loadFunction } from "./invoke-function.ts";
import { prepareAccount, putPolicy } from "./prepare-account.ts";
import { type LocalClient, type Reach, reachInProcess, reachOverLoopback } from "./reach.ts";
import { makeLocalWebhook, reactToEvents, unreachable, WEBHOOK_URL, webhookOf } from "./react-to-events.ts";
import { REMIND_FUNCTION_NAME, remindDaily } from "./remind-daily.ts";
import { type Runtime, startRuntime } from "./runtime.ts";
import type { Flow } from "./state-machines.ts";

/** Names the table and the bucket. */
const STORE = "landbridge";

export interface LocalHostOptions {
  readonly organization: OrganizationFile;
  readonly directory: DirectoryFile;
  /** Text of the access policy; null: none is in force yet. */
  readonly policy: string | null;
  /** How many times faster than the wall clock the simulated world runs; `virtual`: without waiting and without sockets. */
  readonly speed: number | "virtual";
  /** The same seed gives the same run on a virtual clock. */
  readonly seed?: number;
  /** Port of the sandbox; 0 uses any free one. */
  readonly port?: number;
  readonly variables?: Readonly<Record<string, string>>;
  /** Layers between clients and simulators. */
  readonly layers?: readonly Layer[];
  /** Whether events of AWS and of Graph start functions and flows, as in a deployment; absent: no. */
  readonly reactsToEvents?: boolean;
  /** How late and how often the event bus delivers; read at every delivery. */
  readonly disturbance?: () => Disturbance;
  /** A layer between the simulated Graph and the webhook: tests lose, repeat and forge notifications with it. */
  readonly deliver?: (
    request: Request,
    webhook: (request: Request) => Promise<Response>,
  ) => Promise<Response>;
  /** Ports that replace the sandbox's, by the function of `functions/_shared/ports.ts` that makes them. */
  readonly ports?: ReadonlyMap<unknown, unknown>;
  /** Loads functions: from their sources, unless a test has bundles. */
  readonly load?: LoadFunction;
  /** A layer between the runner and a handler: tests make handlers crash with it. */
  readonly invoke?: (name: string, payload: unknown, handler: () => Promise<unknown>) => Promise<unknown>;
}

export type OperatorTaskOpened = FlowEvents["operator-task.opened"];

/** Sandbox, state machines and handlers in one process: what a deployment is, on a laptop. */
export interface LocalHost {
  readonly sandbox: Sandbox;
  /** Null without sockets. */
  readonly served: ServedSandbox | null;
  /** The environment variables for a function, or for another process of this machine. */
  readonly variables: Readonly<Record<string, string>>;
  /** The ports that the handlers use, for use cases that a person starts (answerTask). */
  readonly deps: Deps;
  readonly runtime: Runtime;
  readonly stepFunctions: SFNClient;
  /** Configuration for further clients of the AWS SDK. */
  readonly client: LocalClient;
  /** Receives everything that happens. */
  readonly events: { listener: EventSink | null };
  /** Calls `functions/<name>.ts` as its schedule or a rule does. */
  invoke(name: string, payload: object): Promise<unknown>;
  /**
   * As when Lambda starts a new process: handlers lose what they remembered.
   * @param changed variables of a new deployment
   */
  restartFunctions(changed?: Readonly<Record<string, string>>): void;
  /** Starts a flow and follows it, and the flows that it starts, to the end. */
  run(flow: Flow, input: object, listener: FlowListener): Promise<FlowReport[]>;
  close(): Promise<void>;
}

/** @throws {Error} when the port is in use */
export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const { organization, directory, speed, seed = 1, layers = [] } = options;
  const { region } = organization;
  const clock = speed === "virtual" ? makeVirtualClock() : makeScaledClock(speed);
  const random = new Random(seed);
  const newId = speed === "virtual" ? () => random.uuid() : randomUUID;
  const { reactsToEvents = false, deliver = (request, webhook) => webhook(request) } = options;
  // Both are created once the sandbox exists.
  let bus: Runtime["bus"] | null = null;
  let webhook = unreachable;
  const sandbox = createSandbox({
    organization,
    directory,
    clock,
    seed,
    layers,
    outbound: (request) => deliver(request, webhook),
    ...(reactsToEvents && { publish: (event) => bus?.publish(event) }),
  });
  const reach = await reachSandbox(sandbox, options);
  const flows = `arn:aws:states:${region}:${sandbox.states.organization.managementAccountId}`;
  const variables = {
    AWS_REGION: region,
    ...reach.variables,
    LANDBRIDGE_STATE_MACHINE_PREFIX: `${flows}:stateMachine:`,
    LANDBRIDGE_TABLE: STORE,
    LANDBRIDGE_BUCKET: STORE,
    LANDBRIDGE_TENANT_ID: sandbox.entra.credentials.tenantId,
    LANDBRIDGE_CLIENT_ID: sandbox.entra.credentials.clientId,
    LANDBRIDGE_CLIENT_SECRET_NAME: "landbridge/graph-client-secret",
    // The simulated AWS uses an access key's id as the name of a role.
    LANDBRIDGE_OWN_ROLE_PREFIX: CREDENTIALS.accessKeyId,
    ...(reactsToEvents && { LANDBRIDGE_WEBHOOK_URL: WEBHOOK_URL }),
    ...options.variables,
  };
  const { endpoint, transport } = reach;
  const { requestHandler } = transport;
  // Nothing here may reach a real account, whatever the environment of this process says.
  const client = { region, credentials: CREDENTIALS, endpoint, ...(requestHandler && { requestHandler }) };
  await prepareAccount(client, variables, { clientSecret: sandbox.entra.credentials.clientSecret });
  const events: LocalHost["events"] = { listener: null };
  const deps = makeDeps(startProcess());
  if (options.policy !== null) await putPolicy(deps, options.policy);
  // As in Lambda, each function has its own process: none sees what another has remembered.
  const processes = new Map<string, Wiring>();

  function startProcess(): Wiring {
    return makeWiring(variables, {
      clock,
      newId,
      events: { emit: (code, payload) => events.listener?.emit(code, payload) },
      credentials: CREDENTIALS,
      ...(options.ports && { made: options.ports }),
      ...transport,
    });
  }

  const invoke = options.invoke ?? ((_name, _payload, handler) => handler());

  const { load = loadFunction } = options;
  const handlers = new Map<string, Handler>();

  async function runFunction(name: string, payload: unknown): Promise<unknown> {
    const handler = handlers.get(name);
    if (!handler) throw new Error(`Function ${name} is not loaded.`);
    return invoke(name, payload, () => {
      const wiring = processes.get(name) ?? startProcess();
      processes.set(name, wiring);
      return invokeFunction({ name, handler }, payload, wiring);
    });
  }

  const place = { clock, region, newId, random: () => random.next() };
  const { disturbance } = options;
  const runtime = startRuntime(sandbox, { ...place, ...(disturbance && { disturbance }) }, runFunction);
  const { functionArn } = runtime;
  const graphWebhook = makeLocalWebhook({ sandbox, variables, functionArn, now: () => clock.now() });
  mountHttpApi(sandbox, { clock, newId, invoke: runFunction, webhook: graphWebhook });
  for (const name of [...runtime.functionNames, ...API_FUNCTION_NAMES, REMIND_FUNCTION_NAME])
    handlers.set(name, (await load(name)).handler);
  // Time that only tests let pass is reminded of by tests.
  if (speed !== "virtual") remindDaily(sandbox, runtime);
  if (reactsToEvents) {
    bus = runtime.bus;
    webhook = (request) => webhookOf(sandbox, request);
    const { policyKey } = deps.settings;
    const place = { bucketName: STORE, policyKey, executionPrefix: `${flows}:execution:` };
    await reactToEvents(sandbox, runtime, { ...place, invoke: runFunction });
  }
  const stepFunctions = new SFNClient(client);

  return {
    sandbox,
    served: reach.served,
    variables: { ...CREDENTIAL_VARIABLES, ...variables },
    runtime,
    client,
    stepFunctions,
    deps,
    events,
    invoke: runFunction,
    restartFunctions(changed = {}) {
      Object.assign(variables, changed);
      processes.clear();
    },
    async run(flow, input, listener) {
      const executionArn = await deps.executions.start(flow, input);
      // Following polls by the wall clock, which a virtual clock leaves behind.
      if (speed === "virtual") await runtime.stepFunctions.untilEnded(executionArn);
      return followExecution(deps.executions, executionArn, listener);
    },
    async close() {
      stepFunctions.destroy();
      runtime.close();
      await reach.close();
    },
  };
}

function reachSandbox(sandbox: Sandbox, { speed, port = 0 }: LocalHostOptions): Promise<Reach> | Reach {
  return speed === "virtual" ? reachInProcess(sandbox) : reachOverLoopback(sandbox, port);
}

/** The simulated AWS takes any. */
const CREDENTIALS = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };

const CREDENTIAL_VARIABLES = {
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: "",
  AWS_PROFILE: "",
  AWS_EC2_METADATA_DISABLED: "true",
};
