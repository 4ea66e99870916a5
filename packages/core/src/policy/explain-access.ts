import type { DirectorySnapshot, DirectoryUser } from "../model/directory.ts";
import type { InstanceSnapshot } from "../model/instance.ts";
import { type ActualAssignment, actualAssignments } from "../model/actual-assignments.ts";
import { assignmentKey } from "../model/assignment-key.ts";
import type { Reason } from "../model/reason.ts";
import type { Settings } from "../settings.ts";
import { bindGrants } from "./bind-policy.ts";
import type { BoundPrincipal } from "./bound-policy.ts";
import { compareText } from "../text/canonical-json.ts";
import type { Grant } from "./grant.ts";
import { groupPath } from "./group-path.ts";
import { pickUser, userHint } from "./pick-principal.ts";
import type { AccessPolicy } from "./policy.ts";
import type { PolicyWorld } from "./policy-world.ts";

/** One permission set that the user has in one account, by one rule, through one group or by name. */
export interface ExplainedAccess {
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSet: string;
  readonly reason: Reason;
  /** The assigned principal: the user or a group. */
  readonly principal: BoundPrincipal;
  /** Group names from the one that the rule names down to the one that has the user as a member; empty for the user. */
  readonly through: readonly string[];
  /** Whether the instance has it; null if no instance was given. */
  readonly isInForce: boolean | null;
}

export interface AccessExplanation {
  readonly user: DirectoryUser;
  readonly access: readonly ExplainedAccess[];
  /** What rules granted until they expired. */
  readonly expired: readonly ExplainedAccess[];
  /** What rules would grant without their exceptions; other rules may grant it anyway. */
  readonly leftOut: readonly ExplainedAccess[];
  /** What the instance has for the user, or for one of the user's groups that was read, and no rule asks for. */
  readonly unexplained: readonly ActualAssignment[];
}

export interface UnknownUser {
  readonly user: null;
  /** Who was asked for, why nothing is known, the nearest name. */
  readonly message: string;
}

export interface ExplainWorld extends PolicyWorld {
  /** Without it, it is unknown what is in force. */
  readonly instance?: InstanceSnapshot;
}

/**
 * Explains who has what, where, by which rule and through which groups. `user`: user principal name or object id. The
 * directory has only what the policy names, so a user in none of its groups is unknown unless added.
 * @throws {FlowError} PolicyInvalid, IncompleteRead
 */
export function explainAccess(
  policy: AccessPolicy,
  world: ExplainWorld,
  { user: asked, settings }: { user: string; settings: Pick<Settings, "manageManagementAccount"> },
): AccessExplanation | UnknownUser {
  const { directory, instance } = world;
  const picked = pickUser(asked, directory.users);
  if (!("found" in picked)) return { user: null, message: unknownMessage(asked, directory) };
  const user = picked.found;
  const { grants, expired, leftOut } = bindGrants(policy, world, settings);
  const actual = instance ? actualAssignments(instance) : [];
  const actualKeys = instance ? new Set(actual.map(assignmentKey)) : null;
  const explained = (all: readonly Grant[]) =>
    all.flatMap((grant) => accessOf(user, grant, { directory, actualKeys }));
  const access = explained(grants).toSorted(compareAccess);
  const wanted = new Set(access.map(assignmentKey));
  return {
    user,
    access,
    expired: explained(expired).toSorted(compareAccess),
    leftOut: explained(leftOut).toSorted(compareAccess),
    unexplained: actual.filter((assignment) => {
      const id = assignment.principal.directoryId;
      return !wanted.has(assignmentKey(assignment)) && (id === user.id || isMember(user, id, directory));
    }),
  };
}

interface Known {
  readonly directory: DirectorySnapshot;
  readonly actualKeys: ReadonlySet<string> | null;
}

function accessOf(user: DirectoryUser, grant: Grant, { directory, actualKeys }: Known): ExplainedAccess[] {
  const theirs = grant.principals.filter(
    ({ directoryId }) => directoryId === user.id || isMember(user, directoryId, directory),
  );
  return theirs.flatMap((principal) => {
    const through = principal.type === "USER" ? [] : groupPath(grant.roots, principal.directoryId, directory);
    return grant.accounts.flatMap((account) =>
      grant.permissionSets.map((permissionSet): ExplainedAccess => {
        const place = { accountId: account.id, accountName: account.name, permissionSet, principal };
        const isInForce = actualKeys === null ? null : actualKeys.has(assignmentKey(place));
        return { ...place, reason: grant.reason, through, isInForce };
      }),
    );
  });
}

function isMember(user: DirectoryUser, groupId: string | null, { groups }: DirectorySnapshot): boolean {
  return groups.some(({ id, memberUserIds }) => id === groupId && memberUserIds.includes(user.id));
}

function compareAccess(a: ExplainedAccess, b: ExplainedAccess): number {
  return (
    compareText(a.accountName, b.accountName) ||
    compareText(a.accountId, b.accountId) ||
    compareText(a.permissionSet, b.permissionSet) ||
    compareText(a.reason.where ?? "", b.reason.where ?? "")
  );
}

function unknownMessage(asked: string, { users }: DirectorySnapshot): string {
  return `no user ${JSON.stringify(asked)} is named by the policy or is in a group that it names${userHint(asked, users)}`;
}
