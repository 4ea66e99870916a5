import { FlowError } from "../errors.ts";
import { actualAssignments } from "../plan/actual-assignments.ts";
import { assignmentKey, idOf } from "../plan/assignment-key.ts";
import type { AssignmentChange, Plan } from "../plan/plan.ts";
import type { ApplyOutcome } from "../apply/outcome.ts";
import type { Ports } from "../ports/ports.ts";
import { assignmentsIn, assignmentsOf } from "./read-assignments.ts";
import { readPrincipals } from "./read-instance-snapshot.ts";
import { readSnapshot } from "./snapshot.ts";

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
  const done = plan.assignments.filter((change) => !failedKeys.has(assignmentKey(change)));
  if (done.length === 0) return { verified: 0 };
  const actual = await readTouched(done, ports);
  const wrong = done.filter((change) => actual.has(assignmentKey(change)) !== (change.action === "create"));
  if (wrong.length === 0) return { verified: done.length };
  const names = wrong.slice(0, 5).map(describe).join(", ");
  throw new FlowError(
    "VerificationFailed",
    `${wrong.length} of ${done.length} changes are not as reported: ${names}`,
  );
}

/** One listing a principal, or those of the accounts, whichever seem fewer. */
async function readTouched(
  done: readonly AssignmentChange[],
  { identityCenter, identityStore }: Pick<Ports, "identityCenter" | "identityStore">,
): Promise<Set<string>> {
  const types = new Set(done.map(({ principal }) => principal.type));
  const { instance, principals } = await readPrincipals({ identityCenter, identityStore }, types);
  const permissionSets = await identityCenter.listPermissionSets(instance);
  const ids = new Set(done.map(({ principal }) => idOf(principal)));
  const touched = principals.filter(({ principalId, externalId }) => ids.has(externalId ?? principalId));
  const accounts = new Set(done.map(({ accountId }) => accountId));
  // Of a principal that is gone from the store only the accounts can tell what is left.
  const assignments =
    touched.length === ids.size && ids.size <= accounts.size
      ? await assignmentsOf(touched, { instance, permissionSets }, { identityCenter })
      : await assignmentsIn([...accounts], instance, { identityCenter });
  return new Set(actualAssignments({ permissionSets, assignments, principals }).map(assignmentKey));
}

function describe({ action, permissionSet, principal, accountName }: AssignmentChange): string {
  return `${action} ${permissionSet} for ${principal.name} in ${accountName}`;
}
