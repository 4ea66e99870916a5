import { AsyncLocalStorage } from "node:async_hooks";
import type { LocalHost, LocalHostOptions, OperatorTaskOpened } from "@landbridge/host/local-host";
import { makeFaults, Random } from "@landbridge/sandbox";
import { silent } from "../../support/silent.ts";
import { answer } from "./approve.ts";
import { redriveLater, replacePolicy, resume, somethingHappens, startRun } from "./deeds.ts";
import { NOTICES_IN_DISORDER } from "./notices.ts";
import { type Company, DAY, keyOf, MINUTE, PEOPLE } from "./people.ts";
import { storesInMemory } from "./stores.ts";
import { type AssignmentRequest, Book, watchRequests } from "./book.ts";
import { anyPolicy, type Policy, policyOf } from "./wishes.ts";

const DELETIONS_PER_RUN = 3;
const DELETIONS_PER_DAY = 4;
/** The execution whose function runs. */
const running = new AsyncLocalStorage<string>();

/** How likely something happens. */
const BETWEEN_STATES = 0.12;
const BETWEEN_REQUESTS = 0.01;

const WEATHER = [
  { fault: "throttle", probability: 0.03 },
  { fault: "failure", probability: 0.02 },
  { fault: "lost-answer", probability: 0.02 },
  { fault: "no-answer", probability: 0.01 },
] as const;

/** What a company is made of; a test adds its layers, a campaign none. */
export type StartHost = (
  options: Pick<
    LocalHostOptions,
    "seed" | "policy" | "variables" | "ports" | "layers" | "invoke" | "reactsToEvents" | "disturbance"
  > & {
    readonly operator: (host: LocalHost, task: OperatorTaskOpened) => Promise<void>;
  },
) => Promise<LocalHost>;

/** A connected company in which anything happens between any two states, by the seed. */
export async function aWildCompany(seed: number, startHost: StartHost): Promise<Company> {
  const random = new Random(seed);
  const hasFaults = random.next() < 0.5;
  const faults = makeFaults(hasFaults ? WEATHER : [], seed);
  const book = new Book({
    deletionsPerRun: DELETIONS_PER_RUN,
    deletionsPerDay: DELETIONS_PER_DAY,
    proofMilliseconds: hasFaults ? 120_000 : 5_000,
  });
  const first = policyOf([0, 1]);
  let company: Company | null = null;
  const { calm, ports } = storesInMemory(new Random(seed + 1), () => hasFaults && company?.isWild === true);
  const host = await startHost({
    seed,
    policy: first.text,
    variables: {
      LANDBRIDGE_MAX_DELETIONS: String(DELETIONS_PER_RUN),
      LANDBRIDGE_MAX_DELETION_PERCENT: "100",
      LANDBRIDGE_DELETIONS_PER_DAY: String(DELETIONS_PER_DAY),
    },
    reactsToEvents: true,
    disturbance: () => NOTICES_IN_DISORDER,
    operator: (running, task) => answer(running, task, () => company),
    ports,
    layers: [
      (service, inner, kernel) => {
        const disturbed = faults(service, inner, kernel);
        return {
          async fetch(request) {
            if (!company?.isWild) return inner.fetch(request);
            if (service === "sso-admin" && company.random.next() < BETWEEN_REQUESTS)
              await somethingHappens(company);
            return disturbed.fetch(request);
          },
        };
      },
      // Innermost: what it sees has arrived.
      watchRequests((action, request) => {
        if (company) tellBook(company, action, request);
      }),
    ],
    invoke: async (name, payload, handler) => {
      if (company?.isWild && !name.startsWith("events/") && company.random.next() < BETWEEN_STATES) {
        await somethingHappens(company);
        await company.host.deps.clock.sleep(company.random.next() ** 4 * 10 * MINUTE);
      }
      return running.run(runOf(payload), handler);
    },
  });
  book.inForce(first, 0);
  await host.run("connect", { requestedBy: PEOPLE[0] }, silent);
  // Everybody has arrived: Entra's further cycles (36 a day) and looks for changed groups (24 a day) would find nothing.
  host.sandbox.entra.close();
  host.runtime.scheduler.delete("keep-subscriptions");
  company = { host, book, random, isWild: false, authors: new Map(), deps: { ...host.deps, ...calm } };
  for (const assignment of host.sandbox.assignments())
    book.made(keyOf(company, assignment), host.deps.clock.now());
  return company;
}

/** Some days on which runs are started, stopped, redriven, held and approved while everything changes. */
export async function liveThrough(company: Company, rounds: number): Promise<void> {
  const { host, random } = company;
  company.isWild = true;
  for (let round = 0; round < rounds; round += 1) {
    const arn = await startRun(company, {});
    if (arn !== null) await host.runtime.stepFunctions.untilEnded(arn);
    if (arn !== null && random.next() < 0.4) await redriveLater(company, arn);
    await host.deps.clock.sleep(random.next() * 2 * DAY);
  }
  company.isWild = false;
}

/** Stops all disturbances, and runs until a run writes nothing. */
export async function settle(company: Company): Promise<void> {
  const { host, book } = company;
  await resume(company);
  if (book.policy.paused) await replacePolicy(company, anyUnpaused(company.random));
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await host.deps.clock.sleep(2 * DAY);
    const before = host.sandbox.calls.calls.length;
    const [run] = await host.run("sync-access", { requestedBy: PEOPLE[0] }, silent);
    if (resultOf(run) === "complete" && writesSince(company, before) === 0) return;
  }
  book.violations.push("six calm runs do not settle it");
}

function resultOf(run: Awaited<ReturnType<LocalHost["run"]>>[number] | undefined): unknown {
  return run?.status === "SUCCEEDED" ? (run.output as { readonly result?: unknown }).result : null;
}

/** The final access that the policy does not want, except for manual grants; and what is missing. */
export function differences({ host, book }: Company): string[] {
  const there = new Set(host.sandbox.assignments().map((one) => keyOf({ host }, one)));
  const missing = [...book.policy.wants].filter((key) => !there.has(key)).map((key) => `missing: ${key}`);
  const surplus = [...there].filter((key) => !book.policy.wants.has(key) && !book.mayStay(key));
  return [...missing, ...surplus.map((key) => `surplus: ${key}`)];
}

/** How often another run would change IAM Identity Center. */
export async function writesOfAnotherRun(company: Company): Promise<number> {
  const before = company.host.sandbox.calls.calls.length;
  await company.host.run("sync-access", {}, silent);
  return writesSince(company, before);
}

/** Requests since then that change IAM Identity Center. */
function writesSince({ host }: Company, before: number): number {
  const counts = host.sandbox.calls.count(before)["sso-admin"] ?? {};
  return Object.keys(counts).filter((operation) => !/^(List|Describe|Get)/.test(operation)).length;
}

function anyUnpaused(random: Random): Policy {
  for (;;) {
    const policy = anyPolicy(random);
    if (!policy.paused) return policy;
  }
}

function tellBook(company: Company, action: "create" | "delete", request: AssignmentRequest): void {
  const key = keyOf(company, {
    accountId: request.TargetId,
    permissionSetArn: request.PermissionSetArn,
    principalId: request.PrincipalId,
  });
  const isThere = company.host.sandbox.assignments().some((one) => keyOf(company, one) === key);
  company.book.saw(
    { action, key, at: company.host.deps.clock.now(), run: running.getStore() ?? "" },
    isThere,
  );
}

/** Every state that writes gets its run. */
function runOf(payload: unknown): string {
  return (payload as { readonly run?: { readonly executionArn: string } }).run?.executionArn ?? "";
}
