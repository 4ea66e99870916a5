import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { type PolicyRef, policyHash } from "./policy-ref.ts";
import { proposalKey } from "./proposal.ts";

type Needs = Pick<Ports, "objects"> & { readonly settings: Pick<Settings, "policyKey"> };

/**
 * Decides which version of the policy a run is about: the one in force, or the proposal of that hash.
 * @throws {FlowError} ProposalNotFound; IncompleteRead when no policy is in force
 */
export async function pinPolicy(proposal: string | null, { settings, objects }: Needs): Promise<PolicyRef> {
  if (proposal === null) return pinInForce(settings.policyKey, objects);
  const key = proposalKey(proposal);
  const { text, versionId } = await readProposal(key, objects);
  if (policyHash(text) !== proposal) {
    throw new FlowError("StoredObjectChanged", `${key} is not the policy that its name says`);
  }
  return { key, versionId, hash: proposal, isProposal: true };
}

/** @throws {FlowError} IncompleteRead when no policy is in force */
export async function pinInForce(policyKey: string, objects: Ports["objects"]): Promise<PolicyRef> {
  const { text, versionId } = await objects.read(policyKey);
  return { key: policyKey, versionId, hash: policyHash(text), isProposal: false };
}

async function readProposal(key: string, objects: Ports["objects"]) {
  try {
    return await objects.read(key);
  } catch (error) {
    if (!isFlowError(error, "IncompleteRead")) throw error;
    throw new FlowError("ProposalNotFound", `There is no proposal ${key}: it was discarded, or never made`, {
      cause: error,
    });
  }
}
