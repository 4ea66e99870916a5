import { badRequest, notFound } from "../errors.ts";
import type { DirectoryGroup, DirectoryUser, EntraState } from "../state.ts";
import { type Links, isPresent } from "./links.ts";
import { type Outcome, notDone } from "./outcome.ts";
import type { ProvisioningJob } from "./provisioning-job.ts";
import { disableUser, pushGroup, pushUser, subjectOf } from "./push-subject.ts";
import { CREDENTIALS_REFUSED, ScimConnectionError } from "./scim-errors.ts";
import { type Scope, computeScope } from "./scope.ts";

interface OnDemand {
  readonly objectId: string;
  readonly objectTypeName: "User" | "Group";
  readonly links?: { readonly members?: readonly { readonly objectId: string }[] | undefined } | undefined;
  /** Whether an assignment has been replicated. */
  readonly isHonoured: (assignmentId: string) => boolean;
}

/**
 * Provisions one user, or a group with a few of its members. The subject's outcome comes first, then those of the members.
 * @throws {GraphRefusal} for an object that is not there, a member of another group, a job without credentials
 */
export async function provisionOnDemand(
  state: EntraState,
  job: ProvisioningJob,
  { objectId, objectTypeName, links, isHonoured }: OnDemand,
): Promise<Outcome[]> {
  const id = objectId.toLowerCase();
  const target = objectTypeName === "Group" ? state.groups.get(id) : state.users.get(id);
  if (!target) throw notFound(objectId);
  const members = "userIds" in target ? directMembers(state, target, links?.members ?? []) : [];
  const scope = computeScope(state, job.servicePrincipal, isHonoured);
  const connection = job.connection();
  if (!connection) throw badRequest("No credentials are saved for the job.", CREDENTIALS_REFUSED);
  const session = job.session(connection);
  try {
    if (!scope.ids.has(id)) return [await notInScope(target)];
    if (!("userIds" in target)) return [await pushUser(session, target)];
    const pushed: Outcome[] = [];
    for (const member of members) if (member.accountEnabled) pushed.push(await pushUser(session, member));
    const memberIds = () => arrived(members, session.links);
    return [await pushGroup(session, target, { members: memberIds, keepOthers: true }), ...pushed];
  } catch (error) {
    if (!(error instanceof ScimConnectionError)) throw error;
    const failure = { code: error.code, reason: error.message, isReference: false };
    return [notDone(subjectOf(target), { status: "failure", error: failure })];
  }

  /** Unassigned users are disabled on demand too; disabled ones are not ("On-demand provisioning", limitations). */
  async function notInScope(object: DirectoryUser | DirectoryGroup): Promise<Outcome> {
    const link = session.links.get(object.id);
    const isUnassigned = link?.managed && isPresent(link) && !scope.entitled.has(object.id);
    if (link && isUnassigned && link.type === "User") return disableUser(session, link, false);
    return notDone(subjectOf(object), { status: "skipped", error: notEntitled(object, scope) });
  }
}

function notEntitled(object: DirectoryUser | DirectoryGroup, { entitled }: Scope) {
  const { type, displayName } = subjectOf(object);
  const isAssigned = entitled.has(object.id);
  const why = isAssigned ? "is not active in the source system" : "is not assigned to the application";
  return { code: "NotEffectivelyEntitled", reason: `${type} '${displayName}' ${why}.`, isReference: false };
}

/** Excludes groups nested in the group, and their members. */
function directMembers(
  state: EntraState,
  group: DirectoryGroup,
  wanted: readonly { readonly objectId: string }[],
): DirectoryUser[] {
  return wanted.map(({ objectId }) => {
    const user = state.users.get(objectId.toLowerCase());
    if (user && group.userIds.has(user.id)) return user;
    throw badRequest(`'${objectId}' is not a direct member of the group.`);
  });
}

function arrived(members: readonly DirectoryUser[], links: Links): ReadonlySet<string> {
  return new Set(
    members.flatMap(({ id, accountEnabled }) => (accountEnabled && links.get(id)?.scimId) || []),
  );
}
