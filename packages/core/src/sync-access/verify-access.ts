import type { ApplyOutcome } from "../apply/outcome.ts";
import { resolveAssignment } from "../apply/resolve-assignment.ts";
import { FlowError } from "../errors.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import type { Instance, InstanceAssignment, NamedPermissionSet, StorePrincipal } from "../model/instance.ts";
import { StorePrincipals } from "../plan/actual-assignments.ts";
import { assignmentKey } from "../plan/assignment-key.ts";
import type { AssignmentChange, Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import { placesOf } from "./orphans.ts";
import { assignmentsIn, assignmentsOf } from "./read-assignments.ts";
import { readPrincipals } from "./read-instance-snapshot.ts";
import { readSnapshot } from "./snapshot.ts";

interface Done {
  readonly change: AssignmentChange;
  /** Null when the permission set or the principal is gone: nobody can have it any more. */
  readonly assignment: InstanceAssignment | null;
}

/**
 * Reads again what a plan changed: what was reported done must be so.
 * @throws {FlowError} VerificationFailed naming the first differences
 */
export async function verifyAccess(
  planKey: string,
  failed: ApplyOutcome["failed"],
  ports: Pick<Ports, "objects" | "identityCenter" | "identityStore">,
): Promise<{ verified: number }> {
  const plan = await readSnapshot<Plan>(planKey, ports);
  const failedKeys = new Set(failed.map(({ change }) => assignmentKey(change)));
  const changes = plan.assignments.filter((change) => !failedKeys.has(assignmentKey(change)));
  if (changes.length === 0) return { verified: 0 };
  const places = await readPlaces(changes, ports);
  const names = {
    permissionSetArns: Object.fromEntries(places.permissionSets.map(({ name, arn }) => [name, arn])),
    principals: new StorePrincipals(places.principals),
  };
  const done = changes.map((change): Done => {
    const assignment = resolveAssignment(change, names);
    return { change, assignment: "reason" in assignment ? null : assignment };
  });
  const actual = new Set((await readTouched(done, places, ports)).map(ledgerKey));
  const wrong = done.filter(({ change, assignment }) => {
    const isThere = assignment !== null && actual.has(ledgerKey(assignment));
    return isThere !== (change.action === "create");
  });
  if (wrong.length === 0) return { verified: done.length };
  const described = wrong.slice(0, 5).map(describe).join(", ");
  throw new FlowError(
    "VerificationFailed",
    `${wrong.length} of ${done.length} changes are not as reported: ${described}`,
  );
}

interface Places {
  readonly instance: Instance;
  readonly permissionSets: readonly NamedPermissionSet[];
  readonly principals: readonly StorePrincipal[];
}

async function readPlaces(
  changes: readonly AssignmentChange[],
  ports: Pick<Ports, "identityCenter" | "identityStore">,
): Promise<Places> {
  const types = new Set(changes.map(({ principal }) => principal.type));
  const { instance, principals } = await readPrincipals(ports, types);
  return { instance, principals, permissionSets: await ports.identityCenter.listPermissionSets(instance) };
}

/** One listing a principal, or those of the accounts, whichever seem fewer; of a principal that is gone, at its places. */
async function readTouched(
  done: readonly Done[],
  places: Places,
  ports: Pick<Ports, "identityCenter">,
): Promise<InstanceAssignment[]> {
  const expected = done.flatMap(({ assignment }) => (assignment === null ? [] : [assignment]));
  const touched = new Set(
    expected.map(({ principalType, principalId }) => `${principalType}/${principalId}`),
  );
  const principals = places.principals.filter(({ type, principalId }) =>
    touched.has(`${type}/${principalId}`),
  );
  const known = new Set(principals.map(({ type, principalId }) => `${type}/${principalId}`));
  const orphans = expected
    .filter(({ principalType, principalId }) => !known.has(`${principalType}/${principalId}`))
    .map((assignment) => ({ assignment, directoryId: null }));
  const accounts = new Set(expected.map(({ accountId }) => accountId));
  return principals.length + placesOf(orphans).length <= accounts.size
    ? assignmentsOf({ principals, orphans }, places, ports)
    : assignmentsIn([...accounts], places.instance, ports);
}

function describe({ change: { action, permissionSet, principal, accountName } }: Done): string {
  return `${action} ${permissionSet} for ${principal.name} in ${accountName}`;
}
