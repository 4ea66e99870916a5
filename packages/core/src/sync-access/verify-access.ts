import { FlowError } from "../errors.ts";
import { actualAssignments } from "../plan/actual-assignments.ts";
import { assignmentKey } from "../plan/assignment-key.ts";
import type { AssignmentChange, Plan } from "../plan/plan.ts";
import type { ApplyOutcome } from "../apply/outcome.ts";
import type { Ports } from "../ports/ports.ts";
import { readPrincipals } from "./read-instance-snapshot.ts";
import { readSnapshot } from "./snapshot.ts";

/**
 * Reads again the permission sets that a plan touched: what was reported done must be so.
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
  const actual = await readTouched(plan, ports);
  const wrong = done.filter((change) => actual.has(assignmentKey(change)) !== (change.action === "create"));
  if (wrong.length === 0) return { verified: done.length };
  const names = wrong.slice(0, 5).map(describe).join(", ");
  throw new FlowError(
    "VerificationFailed",
    `${wrong.length} of ${done.length} changes are not as reported: ${names}`,
  );
}

async function readTouched(
  plan: Plan,
  { identityCenter, identityStore }: Pick<Ports, "identityCenter" | "identityStore">,
): Promise<Set<string>> {
  const touched = new Set(plan.assignments.map(({ permissionSet }) => permissionSet));
  const { instance, principals } = await readPrincipals({ identityCenter, identityStore });
  const permissionSets = (await identityCenter.readPermissionSets(instance)).filter(({ name }) =>
    touched.has(name),
  );
  const assignments = await Promise.all(
    permissionSets.map(({ arn }) => identityCenter.readAssignments(instance, arn)),
  );
  const snapshot = { permissionSets, assignments: assignments.flat(), principals };
  return new Set(actualAssignments(snapshot).map(assignmentKey));
}

function describe({ action, permissionSet, principal, accountName }: AssignmentChange): string {
  return `${action} ${permissionSet} for ${principal.name} in ${accountName}`;
}
