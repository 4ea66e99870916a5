import { type OperatorTaskOpened, startLocalHost } from "@landbridge/host/local-host";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";
import { atMost, type Measurement } from "./measurement.ts";

const GROUPS = 500;
const ACCOUNTS = 500;
const UNITS = 10;
const PERMISSION_SETS = 40;
/** Each group has one permission set in one unit. */
const ASSIGNMENTS = GROUPS * (ACCOUNTS / UNITS);
const CALLS_PER_SECOND = 20;
/** Describe, inline policy, managed policies, customer managed policies, boundary. */
const READS_OF_A_SET = 5;
/** For a set that the policy defines: the accounts whose role is out of date. */
const READS_OF_ROLES = 1;
const FIRST_READS: ReadonlySet<string> = new Set(["ReadDirectory", "ReadOrganization"]);
const QUIET = { stateEntered() {}, stateEnded() {}, flowEnded() {} };

/** A full sync of a company in which nothing changed, through the real flow, in virtual time. */
export async function noChange(): Promise<Measurement[]> {
  const host = await startLocalHost({ ...company(), speed: "virtual" });
  host.events.listener = {
    emit(code, payload) {
      if (code === "operator-task.opened") void answerAsOperator(host, payload as OperatorTaskOpened);
    },
  };
  try {
    await flow("connect");
    const made = host.sandbox.assignments().length;
    if (made !== ASSIGNMENTS) throw new Error(`${made} assignments instead of ${ASSIGNMENTS}`);
    // A scheduled run: what connect has taken of AWS's budget of calls has come back.
    await host.deps.clock.sleep(60_000);
    const from = host.sandbox.calls.calls.length;
    const start = host.deps.clock.now();
    const states = await flow("sync-access");
    const seconds = (host.deps.clock.now() - start) / 1000;
    const calls = host.sandbox.calls.calls.slice(from).filter(({ service }) => service === "sso-admin");
    const writes = calls.filter(({ operation }) => !/^(List|Describe|Get)/.test(operation));
    // The instance is read once it is known what of it matters (docs/adr/0022).
    const before = Math.max(
      ...states.filter(({ name }) => FIRST_READS.has(name)).map(({ durationMs }) => durationMs),
    );
    const fewest = GROUPS + (READS_OF_A_SET + READS_OF_ROLES) * PERMISSION_SETS;
    const shortest = before / 1000 + fewest / CALLS_PER_SECOND;
    const name = `no change, ${ASSIGNMENTS.toLocaleString("en")} assignments`;
    return [
      atMost({ name: `${name}: writes`, value: writes.length, unit: "calls", limit: 0 }),
      atMost({
        name: `${name}: reads`,
        value: calls.length,
        unit: "calls",
        bound: fewest,
        limit: fewest * 1.05,
      }),
      atMost({
        name: `${name}: time`,
        value: seconds,
        unit: "virtual s",
        bound: shortest,
        limit: shortest * 1.1,
      }),
    ];
  } finally {
    await host.close();
  }

  async function flow(
    name: "connect" | "sync-access",
  ): Promise<readonly { readonly name: string; readonly durationMs: number }[]> {
    const [report] = await host.run(name, {}, QUIET);
    if (report?.status !== "SUCCEEDED") throw new Error(`${name}: ${report?.error} ${report?.cause}`);
    return report.states;
  }
}

function company() {
  const units = range(UNITS).map((unit) => ({
    name: `Unit ${unit}`,
    accounts: range(ACCOUNTS / UNITS).map((account) => ({ name: `Account ${unit}-${account}` })),
  }));
  const groups = range(GROUPS).map((group) => ({
    name: `Group ${group}`,
    users: [`u${group % 50}@bench.example`],
  }));
  const users = range(50).map((user) => ({
    userPrincipalName: `u${user}@bench.example`,
    displayName: `User ${user}`,
    givenName: "User",
    surname: String(user),
  }));
  return {
    organization: OrganizationFile.parse({
      managementAccount: "Management",
      accounts: [{ name: "Management" }],
      units,
    }),
    directory: DirectoryFile.parse({ tenant: { name: "Bench" }, users, groups }),
    policy: policy(),
  };
}

function policy(): string {
  const sets = range(PERMISSION_SETS).map((set) => `  Set${set}: { awsManagedPolicies: [ReadOnlyAccess] }`);
  const rules = range(GROUPS).map(
    (group) =>
      `  - { name: rule ${group}, groups: [Group ${group}], permissionSets: [Set${group % PERMISSION_SETS}], targets: { ou: [Unit ${group % UNITS}] } }`,
  );
  return ["version: 1", "permissionSets:", ...sets, "rules:", ...rules, ""].join("\n");
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
