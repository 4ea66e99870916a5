import { FlowError } from "../errors.ts";
import { isEarlier, type LedgerRecord } from "../ledger/ledger-entry.ts";
import { parseLedgerKey } from "../ledger/ledger-key.ts";
import type { StorePrincipal } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import { isObjectId } from "../policy/object-id.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Ports } from "../ports/ports.ts";

/** Kind to Graph's throttling. */
const CONCURRENT_READS = 5;

interface KnownGroups {
  /** The groups of the identity store. */
  readonly principals: readonly Pick<StorePrincipal, "principalId" | "externalId">[];
  /** A group that is gone everywhere else may still have access to remove. */
  readonly ledger: readonly LedgerRecord[];
}

/** @throws {FlowError} ScopeUnknown naming each group that is in neither the identity store, the ledger nor Entra */
export async function refuseUnknownGroups(
  ids: readonly string[],
  { principals, ledger }: KnownGroups,
  { directory }: Pick<Ports, "directory">,
): Promise<void> {
  const known = new Set([
    ...principals.flatMap(({ principalId, externalId }) => [principalId, externalId]),
    ...ledger.flatMap(principalIdsOf),
  ]);
  const elsewhere = ids.filter((id) => !known.has(id));
  const found = await mapConcurrently(elsewhere, CONCURRENT_READS, async (id) =>
    isObjectId(id) ? directory.findGroupById(id) : null,
  );
  refuse(
    "group",
    elsewhere.filter((_, index) => found[index] === null),
  );
}

/** @throws {FlowError} ScopeUnknown naming each account that is in neither the organization nor the ledger */
export function refuseUnknownAccounts(
  ids: readonly string[],
  { accounts }: Pick<Organization, "accounts">,
  ledger: readonly LedgerRecord[],
): void {
  const known = new Set([...accounts.map(({ id }) => id), ...ledger.map(accountIdOf)]);
  refuse(
    "account",
    ids.filter((id) => !known.has(id)),
  );
}

/** Every key of the ledger begins with it. */
function accountIdOf({ id }: LedgerRecord): string | undefined {
  return id.split("/")[0];
}

function principalIdsOf({ id, value }: LedgerRecord): (string | null)[] {
  if (isEarlier(value)) return [value.principal.directoryId, value.principal.principalId];
  return [value.directoryId, parseLedgerKey(id)?.principalId ?? null];
}

function refuse(what: "group" | "account", unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  throw new FlowError("ScopeUnknown", `There is no ${what} ${unknown.join(", ")}`);
}
