import {
  LocalEventBus,
  LocalScheduler,
  LocalStepFunctions,
  makeEventBridgeService,
  makeSchedulerService,
  makeStepFunctionsService,
  type Targets,
} from "@landbridge/local";
import {
  createSandbox,
  DirectoryFile,
  makeVirtualClock,
  OrganizationFile,
  Random,
} from "@landbridge/sandbox";

export interface SimulatedServices {
  /** Answers the request of a probe; its path starts after the service's mount point. */
  ask(service: string, probe: Request): Promise<Response>;
  /** How the simulator itself interpreted the last request. */
  takenFor(): string;
  close(): void;
}

const ACCOUNT_ID = "111111111111";

/** Every simulator, with what a client needs to be let in. */
export async function startSimulatedServices(): Promise<SimulatedServices> {
  const clock = makeVirtualClock();
  const sandbox = createSandbox({
    organization: OrganizationFile.parse({
      managementAccount: "Management",
      accounts: [{ name: "Management", id: ACCOUNT_ID }],
    }),
    directory: DirectoryFile.parse({ tenant: { name: "Contoso" } }),
    clock,
  });
  const random = new Random(1);
  const place = { clock, region: sandbox.region, accountId: ACCOUNT_ID, newId: () => random.uuid() };
  const account = { ...place, random: () => random.next(), targets: NO_TARGETS };
  const stepFunctions = new LocalStepFunctions({ ...account, invokeLambda: async () => null });
  sandbox.mount("states", makeStepFunctionsService(stepFunctions));
  sandbox.mount("events", makeEventBridgeService(new LocalEventBus(account)));
  sandbox.mount("scheduler", makeSchedulerService(new LocalScheduler(account)));

  const scimBase = new URL(sandbox.states.scim.enable()).pathname;
  const scimToken = sandbox.states.scim.createToken().token;
  const graphToken = await signIn(sandbox);

  return {
    async ask(service, probe) {
      const url = new URL(probe.url);
      const headers = new Headers(probe.headers);
      if (service === "scim") {
        url.pathname = url.pathname.replace(/^\/tenant\/scim\/v2/, scimBase);
        headers.set("authorization", `Bearer ${scimToken}`);
      }
      if (service === "graph") headers.set("authorization", `Bearer ${graphToken}`);
      url.pathname = `/${service}${url.pathname}`;
      const { method } = probe;
      const body = method === "GET" || method === "HEAD" ? {} : { body: await probe.text() };
      return sandbox.fetch(new Request(url, { method, headers, ...body }));
    },
    takenFor: () => sandbox.calls.calls.at(-1)?.operation ?? "",
    close: () => sandbox.close(),
  };
}

const NO_TARGETS: Targets = {
  startExecution() {
    throw new Error("A probe starts no execution.");
  },
  invokeLambda() {
    throw new Error("A probe invokes no function.");
  },
};

async function signIn(sandbox: ReturnType<typeof createSandbox>): Promise<string> {
  const { tenantId, clientId, clientSecret } = sandbox.entra.credentials;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope: "https://graph.microsoft.com/.default",
  });
  const url = `http://127.0.0.1/login/${tenantId}/oauth2/v2.0/token`;
  const response = await sandbox.fetch(new Request(url, { method: "POST", body }));
  const { access_token: token } = (await response.json()) as { readonly access_token?: string };
  if (token === undefined) throw new Error(`The simulated sign-in answered ${response.status}.`);
  return token;
}
