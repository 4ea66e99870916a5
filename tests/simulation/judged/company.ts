import { putPolicy } from "@landbridge/cli/prepare-account";
import { answerAsOperator } from "@landbridge/cli/scripted-operator";
import { answerTask, isFlowError, pauseSync, readTask, resumeSync } from "@landbridge/core";
import type { LocalHost, LocalHostOptions, OperatorTaskOpened } from "@landbridge/cli/local-host";
import { makeFaults, Random } from "@landbridge/sandbox";
import { silent } from "../../support/silent.ts";
import { NOTICES_IN_DISORDER, tellOfAssignment, tellOfPolicy } from "./notices.ts";
import { storesInMemory } from "./stores.ts";
import { type AssignmentRequest, Book, watchRequests } from "./book.ts";
import { anyPolicy, type Policy, policyOf } from "./wishes.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DELETIONS_PER_DAY = 4;

/** How likely something happens. */
const BETWEEN_STATES = 0.12;
const BETWEEN_REQUESTS = 0.01;

/** The people who write policies, start runs and approve, by user name. */
const PEOPLE = ["ada@small.example", "bo@small.example", "cleo@small.example"] as const;

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

interface Company {
  readonly host: LocalHost;
  readonly book: Book;
  readonly random: Random;
  /** The people behind policies, by version, and behind runs, by ARN. */
  readonly authors: Map<string, string>;
  /** What people use. */
  readonly deps: LocalHost["deps"];
  /** Whether things happen between states, and requests go wrong. */
  isWild: boolean;
}

/** A connected company in which anything happens between any two states, by the seed. */
export async function aWildCompany(seed: number, startHost: StartHost): Promise<Company> {
  const random = new Random(seed);
  const hasFaults = random.next() < 0.5;
  const faults = makeFaults(hasFaults ? WEATHER : [], seed);
  const book = new Book({
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
      LANDBRIDGE_MAX_DELETIONS: "3",
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
    invoke: async (name, _payload, handler) => {
      if (company?.isWild && !name.startsWith("events/") && company.random.next() < BETWEEN_STATES) {
        await somethingHappens(company);
        await company.host.deps.clock.sleep(company.random.next() ** 4 * 10 * MINUTE);
      }
      return handler();
    },
  });
  book.inForce(first, 0);
  await host.run("connect", { requestedBy: PEOPLE[0] }, silent);
  // Everybody has arrived: Entra's further cycles, 36 a day, and looks for changed groups, 24 a day, have nothing to bring.
  host.sandbox.entra.close();
  host.runtime.scheduler.delete("keep-subscriptions");
  company = { host, book, random, isWild: false, authors: new Map(), deps: { ...host.deps, ...calm } };
  for (const assignment of host.sandbox.assignments()) book.made(keyOf(company, assignment));
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

async function somethingHappens(company: Company): Promise<void> {
  const { random } = company;
  const deeds = [
    () => replacePolicy(company, anyPolicy(random)),
    () => replacePolicy(company, anyPolicy(random)),
    () => editByHand(company),
    () => editByHand(company),
    () => startAnother(company),
    () => stopOne(company),
    () => pause(company),
    () => resume(company),
  ];
  await pick(random, deeds)();
}

async function pause({ deps, book }: Company): Promise<void> {
  await pauseSync({ reason: "simulated", by: "olivia" }, deps);
  book.paused(deps.clock.now());
}

async function resume({ deps, book }: Company): Promise<void> {
  // Written down first: runs may go on before this has ended.
  book.resumed();
  await resumeSync(deps);
}

async function replacePolicy(company: Company, policy: Policy): Promise<void> {
  const { host, deps, book, random, authors } = company;
  const writer = pick(random, PEOPLE);
  const versionId = await putPolicy(deps, policy.text, writer);
  authors.set(versionId, writer);
  tellOfPolicy(host, versionId);
  book.inForce(policy, host.deps.clock.now());
}

function anyUnpaused(random: Random): Policy {
  for (;;) {
    const policy = anyPolicy(random);
    if (!policy.paused) return policy;
  }
}

/** Takes an assignment away, or grants one, as an administrator does in the console. */
async function editByHand(company: Company): Promise<void> {
  const { host, book, random } = company;
  const { identityCenter } = host.sandbox.states;
  const there = host.sandbox.assignments();
  if (there.length > 0 && random.next() < 0.5) {
    const taken = pick(random, there);
    identityCenter.roles.unassign(taken);
    book.removedByHand(keyOf(company, taken), host.deps.clock.now());
    tellOfAssignment(host, "DeleteAccountAssignment", taken.accountId);
    return;
  }
  const set = pick(random, [...identityCenter.permissionSets.values()]);
  const group = pick(random, host.sandbox.groups());
  const account = pick(random, [...host.sandbox.states.organization.accounts.values()]);
  if (account.id === host.sandbox.states.organization.managementAccountId) return;
  const granted = {
    accountId: account.id,
    permissionSetArn: set.arn,
    principalType: "GROUP",
    principalId: group.id,
  } as const;
  const key = keyOf(company, granted);
  if (there.some((one) => keyOf(company, one) === key)) return;
  identityCenter.roles.assign(granted, set.revision);
  book.madeByHand(key, (time) => hasLooked(company, granted, time));
  tellOfAssignment(host, "CreateAccountAssignment", account.id);
}

/** Whether a run that began after that time has read the assignment, and has ended well. */
function hasLooked({ host }: Company, { accountId, principalId }: Place, time: number): boolean {
  const { stepFunctions, stateMachineArns } = host.runtime;
  const stateMachineArn = stateMachineArns.get("sync-access") ?? "";
  return stepFunctions
    .listExecutions({ stateMachineArn, statusFilter: "SUCCEEDED", maxResults: 1000 })
    .executions.filter(({ startDate }) => Date.parse(startDate) >= time)
    .map(({ executionArn }) => stepFunctions.describeExecution(executionArn))
    .filter(({ output }) => (JSON.parse(output ?? "{}") as { result?: unknown }).result === "complete")
    .map(({ input }) => JSON.parse(input) as { readonly scope?: string; readonly ids?: readonly string[] })
    .some(
      ({ scope = "full", ids }) =>
        scope === "full" || ids?.some((id) => id === accountId || id === principalId),
    );
}

async function startAnother(company: Company): Promise<void> {
  const { host, random } = company;
  const isFull = random.next() < 0.5;
  await startRun(company, isFull ? {} : { scope: "accounts", ids: [pick(random, accountIds(host))] });
}

/** @returns the ARN; null when the request came to nothing */
async function startRun({ host, random, authors }: Company, input: object): Promise<string | null> {
  const requestedBy = pick(random, PEOPLE);
  try {
    const arn = await host.deps.executions.start("sync-access", { ...input, requestedBy });
    authors.set(arn, requestedBy);
    return arn;
  } catch (error) {
    ignoreFaults(error);
    return null;
  }
}

async function stopOne({ host, random }: Company): Promise<void> {
  const running = (await host.deps.executions.list("sync-access").catch(() => [])).filter(
    ({ status }) => status === "RUNNING",
  );
  if (running.length > 0)
    await host.deps.executions.stop(pick(random, running).arn, "simulated").catch(ignoreFaults);
}

async function redriveLater({ host, random }: Company, executionArn: string): Promise<void> {
  await host.deps.clock.sleep(random.next() * 10 * DAY);
  const { stepFunctions } = host.runtime;
  // One that has succeeded cannot be redriven.
  if (stepFunctions.describeExecution(executionArn).redriveStatus !== "REDRIVABLE") return;
  stepFunctions.redriveExecution({ executionArn });
  await stepFunctions.untilEnded(executionArn);
}

/** Everybody tries to approve; nobody may approve what they wrote or started. */
async function answer(
  host: LocalHost,
  task: { readonly taskId: string; readonly kind: string },
  company: () => Company | null,
): Promise<void> {
  if (task.kind !== "plan-approval") return answerAsOperator(host, task as never);
  const now = company();
  if (!now) return;
  const { random, book, deps } = now;
  if (now.isWild && random.next() < 0.3) return;
  await host.deps.clock.sleep(random.next() * (now.isWild ? 3 * DAY : MINUTE));
  const { subject, executionArn } = await readTask(task.taskId, deps);
  if (subject.kind !== "plan-approval") return;
  const deletions = await countDeletions(deps, subject.planKey);
  for (const person of shuffled(random, PEOPLE)) {
    try {
      // Noted first: an approved plan is applied before the approver gets the answer.
      book.approved(deletions, host.deps.clock.now());
      await answerTask(task.taskId, { confirmation: "APPROVE" }, { ...deps, answeredBy: person });
      for (const theirs of [subject.policy.versionId, executionArn])
        if (now.authors.get(theirs) === person)
          book.violations.push(`${person} approved what they brought about`);
      return;
    } catch (error) {
      if (!isFlowError(error)) throw error;
      // One that is only lost may have arrived.
      if (!error.retryable) book.approved(-deletions, host.deps.clock.now());
    }
  }
}

async function countDeletions({ objects }: Company["deps"], planKey: string): Promise<number> {
  const plan = JSON.parse(await objects.readText(planKey)) as { counts: { deletes: number } };
  return plan.counts.deletes;
}

function tellBook(company: Company, action: "create" | "delete", request: AssignmentRequest): void {
  const key = keyOf(company, {
    accountId: request.TargetId,
    permissionSetArn: request.PermissionSetArn,
    principalId: request.PrincipalId,
  });
  const isThere = company.host.sandbox.assignments().some((one) => keyOf(company, one) === key);
  company.book.saw({ action, key, at: company.host.deps.clock.now() }, isThere);
}

interface Place {
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalId: string;
}

function keyOf({ host }: Pick<Company, "host">, { accountId, permissionSetArn, principalId }: Place): string {
  const { organization, identityCenter } = host.sandbox.states;
  const account = organization.accounts.get(accountId)?.name;
  const set = identityCenter.permissionSets.get(permissionSetArn)?.name;
  const group = host.sandbox.groups().find(({ id }) => id === principalId)?.attributes.displayName;
  return `${account}/${set}/${String(group)}`;
}

function accountIds({ sandbox }: LocalHost): string[] {
  return [...sandbox.states.organization.accounts.keys()];
}

function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random.next() * from.length)];
  if (chosen === undefined) throw new Error("Nothing to pick from");
  return chosen;
}

function shuffled<T>(random: Random, all: readonly T[]): T[] {
  return all
    .map((value) => ({ value, order: random.next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value);
}

/** In bad weather a request may fail. */
function ignoreFaults(error: unknown): void {
  if (!isFlowError(error)) throw error;
}
