import type { DirectoryGroup } from "../model/directory.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { GroupMembers } from "../ports/directory.ts";
import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import type { Principal } from "./find-principal.ts";

/** Kind to Graph's throttling. */
const CONCURRENT_READS = 5;

/** Whether Entra may provision a principal; if not, why and what to do. */
export type Scope =
  | { readonly isInScope: true }
  | { readonly isInScope: false; readonly reason: string; readonly remedy: string };

interface ReadGroup extends GroupMembers {
  readonly group: DirectoryGroup;
}

type Needs = Pick<Ports, "applications" | "directory">;

const ASSIGN =
  "Name it in a rule of the access policy and run sync-access, or assign it in the Entra admin center.";

/**
 * Whether provisioning reaches the principal: it is assigned to the application directly, or a direct member of a group that
 * is. Reads assigned groups until one explains it; a group that is assigned directly costs no further read.
 */
export async function explainScope(
  principal: Principal,
  application: EnterpriseApplication,
  ports: Needs,
): Promise<Scope> {
  const assignments = await ports.applications.listAssignments(application);
  const id = principal.type === "GROUP" ? principal.group.id : principal.user.id;
  if (assignments.some(({ principalId }) => principalId === id)) return { isInScope: true };
  const assigned = await readGroups(
    assignments.map(({ principalId }) => principalId),
    ports,
  );
  if (principal.type === "USER" && assigned.some(({ users }) => users.some((user) => user.id === id)))
    return { isInScope: true };
  const through =
    principal.type === "GROUP" ? outerOf(id, assigned) : await nestedPathTo(id, assigned, ports);
  const who = principal.type === "GROUP" ? "The group" : "The user";
  if (through !== null) {
    const reason = `${who} is only in ${through}. Entra provisions only direct members, not nested groups.`;
    return { isInScope: false, reason, remedy: ASSIGN };
  }
  const reason = `${who} is not assigned to the enterprise application ${application.displayName}${principal.type === "USER" ? ", and is in no group that is" : ""}.`;
  return { isInScope: false, reason, remedy: ASSIGN };
}

function outerOf(groupId: string, assigned: readonly ReadGroup[]): string | null {
  const outer = assigned.find(({ groups }) => groups.some(({ id }) => id === groupId));
  return outer ? `the group ${outer.group.displayName}, which is assigned` : null;
}

/** One level only: for deeper nesting the answer is that nothing is assigned, which is also true. */
async function nestedPathTo(
  userId: string,
  assigned: readonly ReadGroup[],
  ports: Needs,
): Promise<string | null> {
  const nested = assigned.flatMap(({ groups }) => groups.map(({ id }) => id));
  const inner = (await readGroups(nested, ports)).find(({ users }) => users.some(({ id }) => id === userId));
  if (!inner) return null;
  const outer = assigned.find(({ groups }) => groups.some(({ id }) => id === inner.group.id));
  return `the group ${inner.group.displayName}, which is nested in ${outer?.group.displayName ?? "another"}`;
}

/** Those of the ids that are groups, with their direct members. */
async function readGroups(ids: readonly string[], { directory }: Needs): Promise<ReadGroup[]> {
  const read = await mapConcurrently([...new Set(ids)], CONCURRENT_READS, async (id) => {
    const group = await directory.findGroupById(id);
    return group ? [{ group, ...(await directory.readMembers(id)) }] : [];
  });
  return read.flat();
}
