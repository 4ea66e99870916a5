import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { answerAsOperator } from "@landbridge/cli/scripted-operator";
import { answerTask, isFlowError, pauseSync, readTask, resumeSync } from "@landbridge/core";
import type { LocalHost } from "@landbridge/cli/local-host";
import { makeFaults, Random } from "@landbridge/sandbox";
import { aFlowHost, type FlowHost, silent } from "../../support/flow-host.ts";
import { putPolicy } from "../../support/put-policy.ts";
import { type AssignmentRequest, Book, watchRequests } from "./book.ts";
import { anyPolicy, type Policy, policyOf } from "./wishes.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DELETIONS_PER_DAY = 4;

/** The people who write policies, start runs and approve, by user name. */
const PEOPLE = ["ada@small.example", "bo@small.example", "cleo@small.example"] as const;

const WEATHER = [
  { fault: "throttle", probability: 0.03 },
  { fault: "failure", probability: 0.02 },
  { fault: "lost-answer", probability: 0.02 },
  { fault: "no-answer", probability: 0.01 },
] as const;

interface Company {
  readonly host: FlowHost;
  readonly book: Book;
  readonly random: Random;
  /** Whether things happen between states, and requests go wrong. */
  isWild: boolean;
}

/** A connected company in which anything happens between any two states, by the seed. */
export async function aWildCompany(seed: number): Promise<Company> {
  const random = new Random(seed);
  const hasFaults = random.next() < 0.5;
  const faults = makeFaults(hasFaults ? WEATHER : [], seed);
  const book = new Book({
    deletionsPerDay: DELETIONS_PER_DAY,
    proofMilliseconds: hasFaults ? 120_000 : 5_000,
  });
  const first = policyOf([0, 1]);
  let company: Company | null = null;
  const host = await aFlowHost({
    seed,
    policy: first.text,
    variables: {
      LANDBRIDGE_MAX_DELETIONS: "3",
      LANDBRIDGE_MAX_DELETION_PERCENT: "100",
      LANDBRIDGE_DELETIONS_PER_DAY: String(DELETIONS_PER_DAY),
    },
    operator: (running, task) => answer(running, task, () => company),
    layers: [
      watchRequests((action, request) => {
        if (company) tellBook(company, action, request);
      }),
      (service, inner, kernel) => {
        const disturbed = faults(service, inner, kernel);
        return { fetch: (request) => (company?.isWild ? disturbed : inner).fetch(request) };
      },
    ],
    invoke: async (_name, _payload, handler) => {
      if (company?.isWild) await somethingHappens(company);
      return handler();
    },
  });
  book.inForce(first, 0);
  await host.run("connect", { requestedBy: PEOPLE[0] }, silent);
  // Everybody has arrived: Entra's further cycles, 36 a day, have nothing to provision.
  host.sandbox.entra.close();
  company = { host, book, random, isWild: false };
  for (const assignment of host.sandbox.assignments()) book.made(keyOf(company, assignment));
  return company;
}

/** Some days on which runs are started, stopped, redriven, held and approved while everything changes. */
export async function liveThrough(company: Company, rounds: number): Promise<void> {
  const { host, random } = company;
  company.isWild = true;
  for (let round = 0; round < rounds; round += 1) {
    const arn = await host.deps.executions
      .start("sync-access", { requestedBy: pick(random, PEOPLE) })
      .catch(() => null);
    if (arn !== null) await host.runtime.stepFunctions.untilEnded(arn);
    if (arn !== null && random.next() < 0.4) await redriveLater(company, arn);
    await host.deps.clock.sleep(random.next() * 2 * DAY);
  }
  company.isWild = false;
}

/** Stops all disturbances, and runs until a run writes nothing. */
export async function settle(company: Company): Promise<void> {
  const { host, book } = company;
  await resumeSync(host.deps);
  if (book.policy.paused) await replacePolicy(company, anyUnpaused(company.random));
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await host.deps.clock.sleep(2 * DAY);
    const before = host.sandbox.calls.calls.length;
    const [run] = await host.run("sync-access", { requestedBy: PEOPLE[0] }, silent);
    const isDone = run?.status === "SUCCEEDED" && writesSince(company, before) === 0;
    if (isDone) return;
  }
  book.violations.push("six calm runs do not settle it");
}

/** The final access that the policy does not want, except for manual grants; and what is missing. */
export function differences({ host, book }: Company): string[] {
  const there = new Set(host.sandbox.assignments().map((one) => keyOf({ host }, one)));
  const missing = [...book.policy.wants].filter((key) => !there.has(key)).map((key) => `missing: ${key}`);
  const surplus = [...there].filter((key) => !book.policy.wants.has(key) && !book.isByHand(key));
  return [...missing, ...surplus.map((key) => `surplus: ${key}`)];
}

/** Requests since then that change IAM Identity Center. */
export function writesSince({ host }: Company, before: number): number {
  const counts = host.sandbox.calls.count(before)["sso-admin"] ?? {};
  return Object.keys(counts).filter((operation) => !/^(List|Describe|Get)/.test(operation)).length;
}

async function somethingHappens(company: Company): Promise<void> {
  const { host, random } = company;
  if (random.next() >= 0.15) return;
  const deeds = [
    () => replacePolicy(company, anyPolicy(random)),
    () => replacePolicy(company, anyPolicy(random)),
    () => editByHand(company),
    () => editByHand(company),
    () => startAnother(company),
    () => stopOne(company),
    () => pauseSync({ reason: "simulated", by: "olivia" }, host.deps),
    () => resumeSync(host.deps),
    () => host.deps.clock.sleep(random.next() * 10 * MINUTE),
  ];
  await pick(random, deeds)();
}

async function replacePolicy({ host, book, random }: Company, policy: Policy): Promise<void> {
  await putPolicy(host, policy.text, pick(random, PEOPLE));
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
    book.removedByHand(keyOf(company, taken));
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
  book.madeByHand(key);
}

async function startAnother({ host, random }: Company): Promise<void> {
  const input = random.next() < 0.5 ? {} : { scope: "accounts", ids: [pick(random, accountIds(host))] };
  await host.deps.executions
    .start("sync-access", { ...input, requestedBy: pick(random, PEOPLE) })
    .catch(ignoreFaults);
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
  try {
    await host.stepFunctions.send(new RedriveExecutionCommand({ executionArn }));
  } catch (error) {
    // One that has succeeded cannot be redriven.
    if (error instanceof Error && error.name === "ExecutionNotRedrivable") return;
    return ignoreFaults(error);
  }
  await host.runtime.stepFunctions.untilEnded(executionArn);
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
  const { random, book } = now;
  if (now.isWild && random.next() < 0.3) return;
  await host.deps.clock.sleep(random.next() * (now.isWild ? 3 * DAY : MINUTE));
  const { subject } = await readTask(task.taskId, host.deps);
  if (subject.kind !== "plan-approval") return;
  const deletions = await countDeletions(host, subject.planKey);
  for (const person of shuffled(random, PEOPLE)) {
    try {
      // Noted first: an approved plan is applied before the approver gets the answer.
      book.approved(deletions, host.deps.clock.now());
      await answerTask(task.taskId, { confirmation: "APPROVE" }, { ...host.deps, answeredBy: person });
      return;
    } catch (error) {
      book.approved(-deletions, host.deps.clock.now());
      if (!isFlowError(error)) throw error;
    }
  }
}

async function countDeletions(host: LocalHost, planKey: string): Promise<number> {
  const plan = JSON.parse(await host.deps.objects.readText(planKey)) as { counts: { deletes: number } };
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
