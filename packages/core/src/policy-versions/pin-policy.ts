import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { pinInForce, findInForce } from "./policy-in-force.ts";
import { type PolicyRef, policyHash } from "./policy-ref.ts";
import { findProposedText, proposalKey, readProposal, refuseStale } from "./proposal.ts";

type Needs = Pick<Ports, "objects" | "records"> & { readonly settings: Pick<Settings, "policyKey"> };

/**
 * Decides which version of the policy a run is about: the one in force, or the proposal of that hash. A proposal that says what
 * is in force already is the policy in force.
 * @throws {FlowError} PolicyMissing when none is in force; ProposalNotFound; ProposalStale when another policy has come into
 *   force since it was made; StoredObjectChanged
 */
export async function pinPolicy(
  proposal: string | null,
  { settings: { policyKey }, objects, records }: Needs,
): Promise<PolicyRef> {
  if (proposal === null) return (await pinInForce(policyKey, objects)).ref;
  const inForce = await findInForce(policyKey, objects);
  if (inForce?.ref.hash === proposal) return inForce.ref;
  const known = await readProposal(proposal, { records });
  const stored = await findProposedText(proposal, { objects });
  const key = proposalKey(proposal);
  if (!known || !stored) {
    throw new FlowError("ProposalNotFound", `There is no proposal ${key}: it was discarded or never existed`);
  }
  if (policyHash(stored.text) !== proposal) {
    throw new FlowError("StoredObjectChanged", `${key} is not the policy that its name identifies`);
  }
  refuseStale(known, inForce?.ref.versionId ?? null);
  return { key, versionId: stored.versionId, hash: proposal, isProposal: true };
}
