import { readLedger } from "../apply/ledger.ts";
import { isFlowError } from "../errors.ts";
import type { Instance, InstanceAssignment, NamedPermissionSet, StorePrincipal } from "../model/instance.ts";
import { mapConcurrently } from "../policy/map-concurrently.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Ports } from "../ports/ports.ts";

/** Enough to keep the limiter busy at AWS's latencies. */
const CONCURRENCY = 8;

type Needs = Pick<Ports, "identityCenter" | "records">;

interface Places {
  readonly instance: Instance;
  readonly permissionSets: readonly NamedPermissionSet[];
}

interface AssignmentQuestion extends Places {
  readonly principals: readonly StorePrincipal[];
  readonly policy: Pick<AccessPolicy, "rules">;
}

/**
 * Every assignment of a group, and of every user that the policy or the ledger knows, read the cheaper way: one listing a
 * principal, or one for each account that has a permission set. What other users have is nobody's business here: it is
 * neither wanted nor Landbridge's own, and is read only when that costs nothing more.
 */
export async function readAssignments(
  question: AssignmentQuestion,
  ports: Needs,
): Promise<InstanceAssignment[]> {
  const ledger = await readLedger(ports);
  const asked = principalsToAsk(question, ledger);
  if (asked === null || asked.length > knownPairs(question, ledger)) return byPermissionSet(question, ports);
  return assignmentsOf(asked, question, ports);
}

/**
 * Every assignment that these principals have themselves, one listing each; where that is not allowed, every assignment of
 * the permission sets.
 */
export async function assignmentsOf(
  asked: readonly StorePrincipal[],
  places: Places,
  ports: Pick<Ports, "identityCenter">,
): Promise<InstanceAssignment[]> {
  try {
    return await byPrincipal(places, asked, ports);
  } catch (error) {
    // Only the management account may list by principal (ListAccountAssignmentsForPrincipal).
    if (!isFlowError(error, "AccessDenied")) throw error;
    return byPermissionSet(places, ports);
  }
}

/** Every assignment in these accounts. */
export async function assignmentsIn(
  accountIds: readonly string[],
  instance: Instance,
  { identityCenter }: Pick<Ports, "identityCenter">,
): Promise<InstanceAssignment[]> {
  const found = await mapConcurrently(accountIds, CONCURRENCY, (accountId) =>
    identityCenter.readAssignmentsIn(instance, accountId),
  );
  return found.flat();
}

async function byPermissionSet(
  { instance, permissionSets }: Places,
  { identityCenter }: Pick<Ports, "identityCenter">,
): Promise<InstanceAssignment[]> {
  const found = await Promise.all(
    permissionSets.map(({ arn }) => identityCenter.readAssignments(instance, arn)),
  );
  return found.flat();
}

async function byPrincipal(
  { instance }: Places,
  asked: readonly StorePrincipal[],
  { identityCenter }: Pick<Ports, "identityCenter">,
): Promise<InstanceAssignment[]> {
  const found = await mapConcurrently(asked, CONCURRENCY, (principal) =>
    identityCenter.readAssignmentsOf(instance, principal),
  );
  return found.flat();
}

/** Null when the ledger knows a principal that the store no longer has: only the accounts can tell what is left of it. */
function principalsToAsk(
  { principals, policy }: AssignmentQuestion,
  ledger: ReadonlySet<string>,
): StorePrincipal[] | null {
  const owned = new Set([...ledger].map((key) => key.split("/").slice(2).join("/")));
  const named = new Set(policy.rules.flatMap(({ users }) => users).map((user) => user.toLowerCase()));
  const known = new Set(principals.flatMap(idsOf));
  if ([...owned].some((id) => !known.has(id))) return null;
  return principals.filter(
    (principal) =>
      principal.type === "GROUP" ||
      idsOf(principal).some((id) => owned.has(id)) ||
      named.has(principal.name.toLowerCase()) ||
      named.has(principal.externalId ?? ""),
  );
}

/** Of how many pairs of account and permission set it is certain that they would have to be listed. */
function knownPairs({ permissionSets }: AssignmentQuestion, ledger: ReadonlySet<string>): number {
  const pairs = new Set([...ledger].map((key) => key.split("/").slice(0, 2).join("/")));
  return Math.max(pairs.size, permissionSets.length);
}

/** Of its Entra object and of the identity store: the ledger has either. */
function idsOf({ type, externalId, principalId }: StorePrincipal): string[] {
  return [externalId, principalId].filter((id) => id !== null).map((id) => `${type}/${id}`);
}
