import { isFlowError } from "../errors.ts";
import { readLedger } from "../ledger/ledger-entry.ts";
import type { Instance, InstanceAssignment, NamedPermissionSet, StorePrincipal } from "../model/instance.ts";
import { mapConcurrently } from "../policy/map-concurrently.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Ports } from "../ports/ports.ts";
import { type Orphan, readOrphans } from "./orphans.ts";
import { principalsToAsk } from "./principals-to-ask.ts";

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
  const { principals, policy, permissionSets } = question;
  const ledger = await readLedger(ports);
  const asked = principalsToAsk({ principals, policy, ledger, permissionSets: permissionSets.length });
  return asked === null ? byPermissionSet(question, ports) : assignmentsOf(asked, question, ports);
}

/**
 * Every assignment that these principals have themselves, one listing each, and what is left of those that are gone; where
 * that is not allowed, every assignment of the permission sets.
 */
export async function assignmentsOf(
  {
    principals,
    orphans,
  }: { readonly principals: readonly StorePrincipal[]; readonly orphans: readonly Orphan[] },
  places: Places,
  ports: Pick<Ports, "identityCenter">,
): Promise<InstanceAssignment[]> {
  try {
    const found = await byPrincipal(places, principals, ports);
    return [...found, ...(await readOrphans(orphans, places.instance, ports))];
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
