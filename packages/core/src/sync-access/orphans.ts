import { isEarlier, isOwn, type LedgerRecord } from "../ledger/ledger-entry.ts";
import { parseLedgerKey } from "../ledger/ledger-key.ts";
import type { Instance, InstanceAssignment, StorePrincipal } from "../model/instance.ts";
import { mapConcurrently } from "../policy/map-concurrently.ts";
import type { Ports } from "../ports/ports.ts";

const CONCURRENCY = 8;

/** An assignment of the ledger whose group or user the identity store no longer has. */
export interface Orphan {
  readonly assignment: InstanceAssignment;
  /** Entra object id that the group or user had. */
  readonly directoryId: string | null;
}

export function findOrphans(
  ledger: readonly LedgerRecord[],
  principals: readonly StorePrincipal[],
): Orphan[] {
  const known = new Set(principals.map(({ type, principalId }) => `${type}/${principalId}`));
  return ledger.filter(isOwn).flatMap(({ id, value }) => {
    const assignment = parseLedgerKey(id);
    if (assignment === null || isEarlier(value) || known.has(principalOf(assignment))) return [];
    return [{ assignment, directoryId: value.directoryId }];
  });
}

/**
 * Which of them are still there. AWS lists nothing for a principal that is gone, so that the places which the ledger names
 * are listed: one call each.
 */
export async function readOrphans(
  orphans: readonly Orphan[],
  instance: Instance,
  { identityCenter }: Pick<Ports, "identityCenter">,
): Promise<InstanceAssignment[]> {
  const places = placesOf(orphans);
  const found = await mapConcurrently(places, CONCURRENCY, ({ accountId, permissionSetArn }) =>
    identityCenter.readAssignmentsAt(instance, accountId, permissionSetArn),
  );
  const gone = new Set(orphans.map(({ assignment }) => principalOf(assignment)));
  return found.flat().filter((assignment) => gone.has(principalOf(assignment)));
}

/** Each permission set in an account once. */
export function placesOf(orphans: readonly Orphan[]): InstanceAssignment[] {
  const places = orphans.map(({ assignment }): [string, InstanceAssignment] => [
    `${assignment.accountId}/${assignment.permissionSetArn}`,
    assignment,
  ]);
  return [...new Map(places).values()];
}

function principalOf({ principalType, principalId }: InstanceAssignment): string {
  return `${principalType}/${principalId}`;
}
