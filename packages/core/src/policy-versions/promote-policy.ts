import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { findInForce } from "./policy-in-force.ts";
import { type PolicyRef, readPinnedText } from "./policy-ref.ts";
import { readPolicyVersion, recordPolicyVersion } from "./policy-version.ts";
import { readProposal, refuseStale } from "./proposal.ts";

type Needs = Pick<Ports, "objects" | "records" | "clock"> & {
  readonly settings: Pick<Settings, "policyKey">;
};

/**
 * Puts a proposal in force. Doing it again, after a crash, changes nothing.
 * @param executionArn of the run that judged it: the event of the new version is its own
 * @returns the version that is in force now
 * @throws {FlowError} ProposalNotFound; ProposalStale when another policy has come into force since it was made;
 *   StoredObjectChanged
 */
export async function promotePolicy(
  proposal: PolicyRef,
  executionArn: string,
  { settings: { policyKey }, objects, records, clock }: Needs,
): Promise<PolicyRef> {
  const { hash } = proposal;
  const text = await readPinnedText(proposal, { objects });
  const known = await readProposal(hash, { records });
  if (!known) throw new FlowError("ProposalNotFound", `Nobody has proposed ${proposal.key}`);
  const inForce = (await findInForce(policyKey, objects))?.ref ?? null;
  if (inForce?.hash === hash) {
    // A version without a record may be somebody else's: it is written again instead of being treated as this run's.
    if ((await readPolicyVersion(inForce.versionId, { records })) !== null) return inForce;
  } else {
    refuseStale(known, inForce?.versionId ?? null);
  }
  const versionId = await objects.putText(policyKey, text);
  await recordPolicyVersion({ versionId, hash, writers: known.proposedBy, executionArn }, { records, clock });
  return { key: policyKey, versionId, hash, isProposal: false };
}
