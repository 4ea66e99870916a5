import type { DirectorySnapshot } from "../model/directory.ts";
import type { InstanceSnapshot } from "../model/instance.ts";
import type { Account, Organization } from "../model/organization.ts";
import { type ActualAssignment, actualAssignments } from "../model/actual-assignments.ts";
import { compareText } from "../text/canonical-json.ts";
import type { Settings } from "../settings.ts";

/** Input of the adoption. */
export interface AdoptInput {
  readonly organization: Organization;
  readonly instance: InstanceSnapshot;
  /** With every group and user that the identity store has from it, and the groups that share their names. */
  readonly directory: DirectorySnapshot;
  readonly settings: Pick<Settings, "manageManagementAccount">;
}

export interface ReachableAssignments {
  /** Principals with an object id of the directory, in accounts that rules reach. */
  readonly assignments: readonly (ActualAssignment & { readonly directoryId: string })[];
  /** One sentence for each principal and account that was left out. */
  readonly notes: readonly string[];
}

/** Accounts that the planner may touch. */
export function reachableAccounts({ organization, settings }: Omit<AdoptInput, "instance" | "directory">) {
  return organization.accounts.filter(
    ({ id, state }) =>
      state === "ACTIVE" && (settings.manageManagementAccount || id !== organization.managementAccountId),
  );
}

/**
 * The assignments that a policy can ask for, without principals that the directory does not have, since a policy names people
 * by it, and without accounts that the planner never changes.
 * @throws {FlowError} IncompleteRead when the snapshot contradicts itself
 */
export function reachableAssignments(input: AdoptInput): ReachableAssignments {
  const { organization, instance, directory } = input;
  const reachable = new Set(reachableAccounts(input).map(({ id }) => id));
  const accounts = new Map(organization.accounts.map((account) => [account.id, account]));
  const known = new Set([
    ...directory.groups.map(({ id }) => `GROUP/${id}`),
    ...directory.users.map(({ id }) => `USER/${id}`),
  ]);
  const leftOut = new Map<string, number>();
  const leaveOut = (why: string): void => void leftOut.set(why, (leftOut.get(why) ?? 0) + 1);

  const assignments = actualAssignments(instance).flatMap((assignment) => {
    const { accountId, principal } = assignment;
    const { directoryId, type } = principal;
    if (directoryId === null || !known.has(`${type}/${directoryId}`)) {
      leaveOut(whyNotThisPrincipal(assignment));
      return [];
    }
    if (!reachable.has(accountId)) {
      leaveOut(whyNotThisAccount(accountId, accounts.get(accountId)));
      return [];
    }
    return [{ ...assignment, directoryId }];
  });
  const notes = [...leftOut]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(
      ([why, count]) => `${why}: ${count === 1 ? "1 assignment is" : `${count} assignments are`} left out.`,
    );
  return { assignments, notes };
}

function whyNotThisPrincipal({
  principal: { type, name, principalId, directoryId },
}: ActualAssignment): string {
  const who = `${type === "GROUP" ? "Group" : "User"} ${JSON.stringify(name)}`;
  return directoryId === null
    ? `${who} (identity store id ${principalId}) was not created by provisioning, so the policy cannot name it`
    : `${who} (object id ${directoryId}) is not in the directory`;
}

function whyNotThisAccount(id: string, account: Account | undefined): string {
  if (!account) return `Account ${id} is not in the organization`;
  if (account.state !== "ACTIVE") return `Account ${account.name} (${id}) is ${account.state}`;
  return `Account ${account.name} (${id}) is the management account, and the setting manageManagementAccount is off`;
}
