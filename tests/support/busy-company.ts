import { AsyncLocalStorage } from "node:async_hooks";
import { proposePolicy } from "@landbridge/core";
import { DirectoryFile, type Layer, OrganizationFile } from "@landbridge/sandbox";
import { expect } from "vitest";
import { aFlowHost, type FlowHost, silent } from "./flow-host.ts";

const ACCOUNTS = 40;
/** Every group that there is. */
export const ALL_GROUPS = 5;

/**
 * This number of groups, the last ones, look at every team's account: 40 assignments each. Runs begin with the first ones.
 * One more looks at the sandbox, whatever happens.
 */
function busyPolicy(groups: number, more = ""): string {
  const names = Array.from({ length: groups }, (_, index) => `Group ${ALL_GROUPS - 1 - index}`);
  const rule = `  - name: teams
    groups: [${names.join(", ")}]
    permissionSets: [Look]
    targets: { ou: [Workloads] }
`;
  return `version: 1
permissionSets:
  Look: { awsManagedPolicies: [ReadOnlyAccess] }
${more}rules:
  - name: watchers
    groups: [Watchers]
    permissionSets: [Look]
    targets: { accounts: [Sandbox] }
${groups === 0 ? "" : rule}`;
}

const organization = OrganizationFile.parse({
  managementAccount: "Management",
  accounts: [{ name: "Management" }, { name: "Sandbox" }],
  units: [
    {
      name: "Workloads",
      accounts: Array.from({ length: ACCOUNTS }, (_, index) => ({ name: `Team ${index}` })),
    },
  ],
});

const directory = DirectoryFile.parse({
  tenant: { name: "Busy" },
  users: [
    { userPrincipalName: "ada@busy.example", displayName: "ada", givenName: "ada", surname: "Example" },
  ],
  groups: ["Watchers", ...Array.from({ length: ALL_GROUPS }, (_, index) => `Group ${index}`)].map((name) => ({
    name,
    users: ["ada@busy.example"],
  })),
});

const POLL = /ListAccountAssignment(Creation|Deletion)Status$/;
const WRITE = /(Create|Delete)AccountAssignment$/;

export interface BusyCompany {
  readonly host: FlowHost;
  /** Puts a policy in force by which this number of groups look at every account. */
  putPolicy(groups: number, more?: string): Promise<void>;
  /** Proposes such a policy. @returns what a run for it starts with */
  propose(groups: number, more?: string): Promise<object>;
  /** Does that at the n-th poll of assignment operations from now; the worker waits for it as for a slow answer. */
  atPoll(poll: number, happen: () => Promise<void> | void): void;
  /** Kills the process of the polling function: it gets no more answers. Only during {@link atPoll}. */
  kill(): void;
  /** Operations that AWS took since the last call of this: `Create 123456789012 <principal>`. */
  takeWrites(): string[];
  /** The existing assignments, comparable. */
  assignments(): Set<string>;
  /** Whether this number of groups have access, the watchers too, and somebody else's assignment still exists. */
  isAsWanted(groups: number): boolean;
}

/** A connected company of 40 accounts that wants nothing so far and may delete everything. */
export async function aBusyCompany(options: Parameters<typeof aFlowHost>[0] = {}): Promise<BusyCompany> {
  const invocations = new AsyncLocalStorage<(error: Error) => void>();
  let writes: string[] = [];
  let polls = 0;
  let wanted = { poll: 0, happen: (): Promise<void> | void => undefined };
  let isKilled = false;
  const layer: Layer = (_service, inner) => ({
    async fetch(request) {
      const target = request.headers.get("x-amz-target") ?? "";
      if (POLL.test(target) && ++polls === wanted.poll) {
        // Somebody else does this, not the function.
        await invocations.exit(async () => wanted.happen());
        if (isKilled) {
          isKilled = false;
          invocations.getStore()?.(new Error("the process is gone"));
          return new Promise<Response>(() => undefined);
        }
      }
      const body = WRITE.test(target) ? ((await request.clone().json()) as Record<string, string>) : null;
      const response = await inner.fetch(request);
      if (body && response.ok)
        writes.push(`${WRITE.exec(target)?.[1]} ${body["TargetId"]} ${body["PrincipalId"]}`);
      return response;
    },
  });
  const host = await aFlowHost({
    organization,
    directory,
    policy: busyPolicy(0),
    ...options,
    variables: {
      LANDBRIDGE_MAX_DELETIONS: "1000",
      LANDBRIDGE_MAX_DELETION_PERCENT: "100",
      LANDBRIDGE_DELETIONS_PER_DAY: "100000",
      ...options.variables,
    },
    layers: [layer],
    invoke: (_name, _payload, handler) =>
      new Promise((resolve, reject) => {
        const die = (error: Error) => {
          host.restartFunctions();
          reject(error);
        };
        invocations.run(die, () => void handler().then(resolve, reject));
      }),
  });
  const [connected] = await host.run("connect", {}, silent);
  expect(connected).toMatchObject({ status: "SUCCEEDED", error: null });
  const { objects, settings } = host.deps;
  const foreign = makeForeign(host);
  writes = [];
  return {
    host,
    putPolicy: async (groups, more) =>
      void (await objects.putText(settings.policyKey, busyPolicy(groups, more))),
    async propose(groups, more) {
      const proposal = await proposePolicy(busyPolicy(groups, more), "ada@busy.example", host.deps);
      return { scope: "full", mode: "apply", requestedBy: "ada@busy.example", proposal };
    },
    atPoll(poll, happen) {
      polls = 0;
      wanted = { poll, happen };
    },
    kill() {
      isKilled = true;
    },
    takeWrites() {
      const taken = writes;
      writes = [];
      return taken;
    },
    isAsWanted: (groups) =>
      host.sandbox.assignments().length === groups * ACCOUNTS + 2 && assignmentsOf(host).has(foreign),
    assignments: () => assignmentsOf(host),
  };
}

function assignmentsOf({ sandbox }: FlowHost): Set<string> {
  return new Set(sandbox.assignments().map((one) => `${one.accountId} ${one.principalId}`));
}

/** An assignment that somebody else gave the watchers, in an account of the teams. */
function makeForeign(host: FlowHost): string {
  const { identityCenter, organization: accounts } = host.sandbox.states;
  const team = [...accounts.accounts.values()].find(({ name }) => name === "Team 0");
  const [watching] = host.sandbox.assignments();
  if (!team || !watching) throw new Error("the watchers have no access");
  identityCenter.roles.assign({ ...watching, accountId: team.id }, 1);
  return `${team.id} ${watching.principalId}`;
}
