import { accessKeyIdOf } from "./aws-json/access-key.ts";
import { type AwsBehaviour, DEFAULT_AWS_BEHAVIOUR } from "./aws-json/aws-behaviour.ts";
import { type Entra, makeEntra } from "./entra/entra.ts";
import type { Assignment } from "./identity-center/async-operations.ts";
import type { Administrator } from "./events/administrator.ts";
import type { ServiceEvent } from "./events/service-event.ts";
import { makeServiceEvents } from "./events/service-events.ts";
import { makeIdentityCenter } from "./identity-center/routes.ts";
import { IdentityCenterState } from "./identity-center/state.ts";
import { makeIdentityStore } from "./identity-store/routes.ts";
import { IdentityStoreState, type StoreGroup, type StoreUser } from "./identity-store/state.ts";
import { CallLog } from "./kernel/calls.ts";
import type { SandboxClock } from "./kernel/clock.ts";
import { makeDynamoDb } from "./dynamodb/dynamodb.ts";
import type { Kernel, Layer, Service } from "./kernel/kernel.ts";
import { Random } from "./kernel/random.ts";
import { OperatorConsole } from "./operator-console/operator-console.ts";
import { makeConsoleRoutes } from "./operator-console/routes.ts";
import { callerAccountId } from "./organizations/caller.ts";
import { makeOrganizations } from "./organizations/routes.ts";
import { seedOrganization } from "./organizations/seed-organization.ts";
import type { OrganizationState } from "./organizations/state.ts";
import { routeRequest } from "./route-request.ts";
import { makeS3 } from "./s3/routes.ts";
import { Buckets } from "./s3/state.ts";
import { makeScim } from "./scim/routes.ts";
import { ScimState } from "./scim/state.ts";
import { makeSecretsManager } from "./secrets-manager/routes.ts";
import { SecretsState } from "./secrets-manager/state.ts";
import { makeSts } from "./sts/routes.ts";
import { StsState } from "./sts/state.ts";
import { makeTokenIssuer } from "./sts/token-issuer.ts";
import type { DirectoryFile } from "./seed/directory-file.ts";
import type { OrganizationFile } from "./seed/organization-file.ts";

export interface SandboxOptions {
  readonly organization: OrganizationFile;
  readonly directory: DirectoryFile;
  readonly clock: SandboxClock;
  /** The same seed and the same requests give the same ids and latencies. */
  readonly seed?: number;
  /** How slow and irregular AWS is, where that is not published. */
  readonly behaviour?: Partial<AwsBehaviour>;
  /** The first is the outermost: it sees what clients send and what they get. */
  readonly layers?: readonly Layer[];
  /**
   * Receives requests of the simulated clouds to hosts outside the sandbox, such as the notification URL of a Graph
   * subscription. It rejects like fetch (`TypeError`); absent: no such host can be reached.
   */
  readonly outbound?: (request: Request) => Promise<Response>;
  /** Receives the events of the simulated AWS services; absent: there is no bus. */
  readonly publish?: (event: ServiceEvent) => void;
}

/** An AWS organization with Identity Center and an Entra tenant, in one process. */
export interface Sandbox {
  /**
   * Answers by the service in the AWS signature, otherwise by the first segment of the path: `/sso-admin`,
   * `/identitystore`, …, `/graph`, `/login`, `/console`.
   */
  fetch(request: Request): Promise<Response>;
  /**
   * Answers a request to a real host name, such as `https://graph.microsoft.com/…`. Rejects like fetch (`TypeError`)
   * for a name that the sandbox does not host.
   */
  network(request: Request): Promise<Response>;
  /** Adds a service at a segment, below the layers: Step Functions at `states`. */
  mount(segment: string, service: Service): void;
  readonly region: string;
  readonly calls: CallLog;
  readonly console: OperatorConsole;
  /** What somebody does in AWS outside its APIs. */
  readonly administrator: Administrator;
  readonly entra: Entra;
  /** The signer of a request; null without a signature. Signatures are not checked. */
  identify(request: Request): { accessKey: string; accountId: string; userArn: string } | null;
  /** Assignments in force now. */
  assignments(): Assignment[];
  /** Users of the identity store. */
  users(): StoreUser[];
  /** Groups of the identity store. */
  groups(): StoreGroup[];
  /**
   * The internal states, for tests that read or disturb them. Call {@link assignments} first: work that is due is done when
   * read.
   */
  readonly states: {
    readonly organization: OrganizationState;
    readonly identityStore: IdentityStoreState;
    readonly identityCenter: IdentityCenterState;
    readonly scim: ScimState;
    readonly secrets: SecretsState;
    readonly buckets: Buckets;
    readonly sts: StsState;
  };
  /** Ends background work. */
  close(): void;
}

/** @throws {Error} when a seed file contradicts itself, naming what */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { organization: file, directory, clock, seed = 1, layers = [], outbound = hosted } = options;
  const hosts = new Map<string, Service>();
  const kernel: Kernel = {
    clock,
    random: new Random(seed),
    calls: new CallLog(),
    region: file.region,
    network: (request) => (hosts.has(new URL(request.url).hostname) ? hosted(request) : outbound(request)),
  };

  async function hosted(request: Request): Promise<Response> {
    const { hostname, protocol } = new URL(request.url);
    const service = protocol === "https:" ? hosts.get(hostname) : undefined;
    if (service === undefined) throw new TypeError(`fetch failed: the sandbox does not host ${hostname}.`);
    return service.fetch(request);
  }

  const behaviour = { ...DEFAULT_AWS_BEHAVIOUR, ...options.behaviour };
  const organization = seedOrganization(file, kernel.random, clock);
  const identityStore = new IdentityStoreState(clock, kernel.random);
  const identityCenter = new IdentityCenterState({ kernel, organization, identityStore, behaviour });
  const scim = new ScimState(kernel, identityStore, behaviour);
  const secrets = new SecretsState(kernel, callerAccountId(organization, null));
  const buckets = new Buckets();
  const sts = new StsState(organization, file.outboundIdentityFederation);
  const operatorConsole = new OperatorConsole(kernel, { identityCenter, scim }, () => entra.samlProvider);
  const entra = makeEntra(kernel, directory);

  const states = { organization, identityStore, identityCenter, scim, secrets, buckets, sts };
  const serviceEvents = makeServiceEvents(kernel, states, options.publish ?? null);

  const simulators: Readonly<Record<string, Service>> = {
    "sso-admin": makeIdentityCenter(kernel, identityCenter),
    identitystore: makeIdentityStore(kernel, identityStore, organization),
    organizations: makeOrganizations(kernel, organization, behaviour),
    secretsmanager: makeSecretsManager(kernel, secrets),
    dynamodb: makeDynamoDb(kernel),
    s3: makeS3(kernel, buckets, callerAccountId(organization, null)),
    sts: makeSts(kernel, sts),
    "sts-issuer": makeTokenIssuer(kernel, sts),
    scim: settledFirst(identityCenter, makeScim(kernel, scim)),
    graph: entra.graph,
    login: entra.login,
    console: makeConsoleRoutes({ kernel, operatorConsole, identityCenter, entra }),
  };
  const services = new Map<string, Service>();
  for (const [segment, simulator] of Object.entries(simulators)) {
    mount(segment, serviceEvents.tellOf(segment, simulator));
  }
  for (const [host, segment] of Object.entries(hostsOf(file.region, sts.issuerHosts()))) {
    const service = services.get(segment);
    if (service !== undefined) hosts.set(host, service);
  }

  function mount(segment: string, service: Service): void {
    services.set(
      segment,
      layers.reduceRight((inner, layer) => layer(segment, inner, kernel), service),
    );
  }

  return {
    async fetch(request) {
      const { segment, request: routed } = await routeRequest(request);
      const service = services.get(segment);
      if (service === undefined) return unknownService(segment, [...services.keys()]);
      return service.fetch(routed);
    },
    mount: (segment, service) => mount(segment, serviceEvents.tellOf(segment, service)),
    identify(request) {
      const accessKey = accessKeyIdOf(request);
      if (accessKey === null) return null;
      const accountId = callerAccountId(organization, accessKey);
      return { accessKey, accountId, userArn: sts.sessionArn(accountId, accessKey) };
    },
    network: hosted,
    region: file.region,
    calls: kernel.calls,
    console: operatorConsole,
    entra,
    assignments: () => identityCenter.assignments(),
    users: () => [...identityStore.users.values()],
    groups: () => [...identityStore.groups.values()],
    states,
    administrator: serviceEvents.administrator,
    close() {
      serviceEvents.close();
      entra.close();
    },
  };
}

/** Due assignments are created before SCIM removes their users and groups. */
function settledFirst({ operations }: IdentityCenterState, service: Service): Service {
  return {
    fetch(request) {
      operations.settle();
      return service.fetch(request);
    },
  };
}

/** Real host names that the sandbox answers for, and the service behind each. */
export function hostsOf(region: string, issuerHosts: readonly string[] = []): Record<string, string> {
  return {
    ...Object.fromEntries(issuerHosts.map((host) => [host, "sts-issuer"])),
    "sts.amazonaws.com": "sts",
    [`sts.${region}.amazonaws.com`]: "sts",
    "graph.microsoft.com": "graph",
    "login.microsoftonline.com": "login",
    [`scim.${region}.amazonaws.com`]: "scim",
  };
}

function unknownService(segment: string, known: readonly string[]): Response {
  const paths = known.map((name) => `/${name}`).join(", ");
  return Response.json(
    { message: `The sandbox has no service /${segment}; it has ${paths}.` },
    { status: 404 },
  );
}
