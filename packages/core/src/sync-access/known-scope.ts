import { FlowError } from "../errors.ts";
import type { InstanceScope, StorePrincipal } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import { keyInScope } from "../plan/in-scope.ts";
import { isObjectId } from "../policy/object-id.ts";
import { mapConcurrently } from "../policy/map-concurrently.ts";
import type { Ports } from "../ports/ports.ts";

/** Kind to Graph's throttling. */
const CONCURRENT_READS = 5;

interface KnownGroups {
  /** The groups of the identity store. */
  readonly principals: readonly Pick<StorePrincipal, "principalId" | "externalId">[];
  /** Keys of the ledger: a group that is gone everywhere else may still have access to take away. */
  readonly ledger: ReadonlySet<string>;
}

/** @throws {FlowError} ScopeUnknown naming each group that neither the identity store, nor the ledger, nor Entra has */
export async function refuseUnknownGroups(
  ids: readonly string[],
  { principals, ledger }: KnownGroups,
  { directory }: Pick<Ports, "directory">,
): Promise<void> {
  const stored = new Set(principals.flatMap(({ principalId, externalId }) => [principalId, externalId]));
  const elsewhere = ids.filter(
    (id) => !stored.has(id) && !isInLedger({ scope: "groups", ids: [id] }, ledger),
  );
  const found = await mapConcurrently(elsewhere, CONCURRENT_READS, async (id) =>
    isObjectId(id) ? directory.findGroupById(id) : null,
  );
  refuse(
    "group",
    elsewhere.filter((_, index) => found[index] === null),
  );
}

/** @throws {FlowError} ScopeUnknown naming each account that neither the organization nor the ledger has */
export function refuseUnknownAccounts(
  ids: readonly string[],
  { accounts }: Pick<Organization, "accounts">,
  ledger: ReadonlySet<string>,
): void {
  const members = new Set(accounts.map(({ id }) => id));
  refuse(
    "account",
    ids.filter((id) => !members.has(id) && !isInLedger({ scope: "accounts", ids: [id] }, ledger)),
  );
}

function isInLedger(scope: InstanceScope, ledger: ReadonlySet<string>): boolean {
  return [...ledger].some(keyInScope(scope));
}

function refuse(what: "group" | "account", unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  throw new FlowError("ScopeUnknown", `There is no ${what} ${unknown.join(", ")}`);
}
