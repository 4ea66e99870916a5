import { isEarlier, isOwn, type LedgerRecord } from "../ledger/ledger-entry.ts";
import { parseLedgerKey } from "../ledger/ledger-key.ts";
import type { StorePrincipal } from "../model/instance.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { findOrphans, type Orphan, placesOf } from "./orphans.ts";

interface Question {
  readonly principals: readonly StorePrincipal[];
  readonly policy: Pick<AccessPolicy, "rules">;
  readonly ledger: readonly LedgerRecord[];
  /** The number of permission sets. */
  readonly permissionSets: number;
}

interface Asked {
  readonly principals: readonly StorePrincipal[];
  readonly orphans: readonly Orphan[];
}

/**
 * The principals whose assignments a full read lists, one listing each, and those that it looks up where the ledger has them.
 * Null if listing by permission set and account is cheaper, or if the ledger's earlier format names a deleted principal: that
 * format says too little to look it up, and a complete read upgrades it.
 */
export function principalsToAsk(question: Question): Asked | null {
  const { principals, policy } = question;
  const ledger = question.ledger.filter(isOwn);
  const known = new Set(
    principals.flatMap(({ type, principalId, externalId }) => [
      `${type}/${principalId}`,
      `${type}/${externalId}`,
    ]),
  );
  if (ledger.some((record) => isEarlier(record.value) && !idsOf(record).some((id) => known.has(id))))
    return null;
  const owned = new Set(ledger.flatMap(idsOf));
  const named = new Set(policy.rules.flatMap(({ users }) => users).map((user) => user.toLowerCase()));
  const asked = principals.filter(
    ({ type, principalId, externalId, name }) =>
      type === "GROUP" ||
      owned.has(`${type}/${principalId}`) ||
      owned.has(`${type}/${externalId}`) ||
      named.has(name.toLowerCase()) ||
      named.has(externalId ?? ""),
  );
  const orphans = findOrphans(ledger, principals);
  const calls = asked.length + placesOf(orphans).length;
  return calls > knownPlaces(ledger, question) ? null : { principals: asked, orphans };
}

/** For how many permission sets in accounts it is certain that they would have to be listed. */
function knownPlaces(ledger: readonly LedgerRecord[], { permissionSets }: Question): number {
  const places = new Set(ledger.map(({ id }) => id.replace(/\/(GROUP|USER)\/[^/]+$/, "")));
  return Math.max(places.size, permissionSets);
}

/** Ids of the identity store or, in the earlier format, of either side. */
function idsOf({ id, value }: LedgerRecord): string[] {
  const assignment = parseLedgerKey(id);
  if (assignment !== null) return [`${assignment.principalType}/${assignment.principalId}`];
  if (!isEarlier(value)) return [];
  const { type, directoryId, principalId } = value.principal;
  return [directoryId, principalId].filter((one) => one !== null).map((one) => `${type}/${one}`);
}
