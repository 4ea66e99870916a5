import { putPolicy } from "@landbridge/host/prepare-account";
import type { LocalHost } from "@landbridge/host/local-host";
import { isFlowError, pauseSync, resumeSync } from "@landbridge/core";
import { tellOfAssignment, tellOfPolicy } from "./notices.ts";
import { type Company, DAY, keyOf, PEOPLE, pick, type Place } from "./people.ts";
import { anyPolicy, type Policy } from "./wishes.ts";

export async function somethingHappens(company: Company): Promise<void> {
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

export async function resume({ deps, book }: Company): Promise<void> {
  // Written down first: runs may go on before this has ended. And afterwards: somebody may have paused meanwhile, in vain.
  book.resumed();
  await resumeSync(deps);
  book.resumed();
}

export async function replacePolicy(company: Company, policy: Policy): Promise<void> {
  const { host, deps, book, random, authors } = company;
  const writer = pick(random, PEOPLE);
  const versionId = await putPolicy(deps, policy.text, writer);
  authors.set(versionId, writer);
  tellOfPolicy(host, versionId);
  book.inForce(policy, host.deps.clock.now());
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
  const hasEndedWell = (run: string) =>
    host.runtime.stepFunctions.describeExecution(run).status === "SUCCEEDED";
  book.madeByHand(key, (time) => hasLooked(company, granted, time), hasEndedWell);
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

/** @returns the ARN; null when the request failed */
export async function startRun({ host, random, authors }: Company, input: object): Promise<string | null> {
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

export async function redriveLater({ host, random }: Company, executionArn: string): Promise<void> {
  await host.deps.clock.sleep(random.next() * 10 * DAY);
  const { stepFunctions } = host.runtime;
  // One that has succeeded cannot be redriven.
  if (stepFunctions.describeExecution(executionArn).redriveStatus !== "REDRIVABLE") return;
  stepFunctions.redriveExecution({ executionArn });
  await stepFunctions.untilEnded(executionArn);
}

function accountIds({ sandbox }: LocalHost): string[] {
  return [...sandbox.states.organization.accounts.keys()];
}

/** In bad weather a request may fail. */
function ignoreFaults(error: unknown): void {
  if (!isFlowError(error)) throw error;
}
