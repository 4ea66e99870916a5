import { readConnection } from "../connect/connection.ts";
import { whyUnfit } from "../connect/unfit-principals.ts";
import { FlowError } from "../errors.ts";
import type { DirectoryGroup, DirectoryUser } from "../model/directory.ts";
import type { Ports } from "../ports/ports.ts";
import type { OnDemandOutcome } from "../ports/provisioning-jobs.ts";
import { askForGroup, askForUser, isDone, type JobAddress } from "./ask-entra.ts";
import { explainScope } from "./explain-scope.ts";
import { findPrincipal } from "./find-principal.ts";
import type { LeftBehind, ProvisionReport } from "./provision-report.ts";
import { waitForArrival } from "./wait-for-arrival.ts";

type Needs = Pick<
  Ports,
  "records" | "directory" | "applications" | "provisioning" | "identityCenter" | "identityStore" | "clock"
> & {
  /** Receives short progress messages: a large group takes minutes. */
  readonly onProgress: (text: string) => void;
};

const LATER = "Entra provisions it in one of its next cycles; look again in an hour.";
const CORRECT = "Correct it in Entra, then run `npm run landbridge -- provision` again.";

/**
 * Provisions a user, or a group with its direct members, to AWS now instead of in the next cycle, and waits until the
 * identity store has them. Asks nothing of Entra for a principal out of scope.
 * @param name user principal name, object id, or a group's exact display name
 * @throws {FlowError} PrincipalNotFound, NotConnected
 */
export async function provisionNow(name: string, ports: Needs): Promise<ProvisionReport> {
  const { application, jobId } = await readConnection(ports.records);
  if (!application || !jobId) throw new FlowError("NotConnected", "There is no provisioning job");
  const principal = await findPrincipal(name, ports.directory);
  const report = reportOn(principal.type === "GROUP" ? principal.group : principal.user);
  const unfit = unfitForEntra(principal.type === "GROUP" ? principal.group : principal.user);
  if (unfit !== null) return report("out-of-scope", { reason: unfit, remedy: CORRECT });
  const scope = await explainScope(principal, application, ports);
  if (!scope.isInScope) return report("out-of-scope", scope);
  const job: JobAddress = { servicePrincipalId: application.servicePrincipalId, jobId };
  return principal.type === "USER"
    ? provisionUser(principal.user, job, ports)
    : provisionGroup(principal.group, job, ports);
}

async function provisionUser(user: DirectoryUser, job: JobAddress, ports: Needs): Promise<ProvisionReport> {
  const report = reportOn(user);
  const outcome = await askForUser(job, user.id, ports);
  if (!isDone(outcome))
    return report("refused", { reason: whyUnfit(user) ?? wordsOf(outcome), remedy: CORRECT });
  const missing = await waitForArrival([user.id], ports);
  if (missing.size === 0) return report("arrived");
  return report("awaited", { reason: "It is not in the identity store yet.", remedy: LATER });
}

async function provisionGroup(
  group: DirectoryGroup,
  job: JobAddress,
  ports: Needs,
): Promise<ProvisionReport> {
  const { users, groups } = await ports.directory.readMembers(group.id);
  const enabled = users.filter(({ accountEnabled }) => accountEnabled);
  const notes = groups.map(
    ({ displayName }) => `Members of ${displayName}, which is nested in it, are not provisioned with it.`,
  );
  const report = reportOn(group);
  const outcome = await askForGroup(job, { id: group.id, members: enabled }, ports);
  if (!isDone(outcome)) return report("refused", { reason: wordsOf(outcome), remedy: CORRECT, notes });
  ports.onProgress(`waiting for the group and ${enabled.length} members to arrive`);
  const missing = await waitForArrival([group.id, ...enabled.map(({ id }) => id)], ports);
  const left = users.filter(({ id, accountEnabled }) => !accountEnabled || missing.has(id));
  const members = {
    total: users.length,
    arrived: users.length - left.length,
    leftBehind: await explainAll(left, job, ports),
  };
  if (!missing.has(group.id)) return report("arrived", { members, notes });
  return report("awaited", {
    reason: "It is not in the identity store yet.",
    remedy: LATER,
    members,
    notes,
  });
}

/** First what the directory shows, then the reasons in Entra's log. */
async function explainAll(
  users: readonly DirectoryUser[],
  { jobId }: JobAddress,
  { provisioning }: Needs,
): Promise<LeftBehind[]> {
  if (users.length === 0) return [];
  const failures = await provisioning.listFailures(jobId);
  const words = new Map(failures.map(({ objectId, code, reason }) => [objectId, `${code}: ${reason}`]));
  return users.map((user) => ({
    name: user.userPrincipalName,
    reason: unfitForEntra(user) ?? whyUnfit(user) ?? words.get(user.id) ?? "not in the identity store yet",
  }));
}

/** Why Entra would not even try. */
function unfitForEntra(one: DirectoryGroup | DirectoryUser): string | null {
  if ("securityEnabled" in one)
    return one.securityEnabled ? null : "The group is not security-enabled: Entra does not provision it.";
  return one.accountEnabled
    ? null
    : "The user is disabled in Entra, which does not provision disabled users.";
}

function wordsOf({ code, reason }: OnDemandOutcome): string {
  return [code, reason].filter((part) => part !== null).join(": ") || "Entra gives no reason.";
}

function reportOn(one: DirectoryGroup | DirectoryUser) {
  return (
    result: ProvisionReport["result"],
    facts: Partial<Pick<ProvisionReport, "reason" | "remedy" | "members" | "notes">> = {},
  ): ProvisionReport => ({
    type: "securityEnabled" in one ? "GROUP" : "USER",
    directoryId: one.id,
    name: "securityEnabled" in one ? one.displayName : one.userPrincipalName,
    result,
    reason: facts.reason ?? null,
    remedy: facts.remedy ?? null,
    members: facts.members ?? null,
    notes: facts.notes ?? [],
  });
}
