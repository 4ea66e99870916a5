import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { pinInForce } from "./pin-policy.ts";
import { type PolicyRef, policyHash } from "./policy-ref.ts";
import { readProposal } from "./proposal.ts";
import { readPolicyVersion, recordPolicyVersion } from "./policy-version.ts";

type Needs = Pick<Ports, "objects" | "records" | "clock"> & {
  readonly settings: Pick<Settings, "policyKey">;
};

/**
 * Puts a proposal in force. Doing it again, after a crash, changes nothing.
 * @param executionArn of the run that judged it: the event of the new version is its own
 * @returns the version that is in force now
 * @throws {FlowError} StoredObjectChanged
 */
export async function promotePolicy(
  proposal: PolicyRef,
  executionArn: string,
  { settings, objects, records, clock }: Needs,
): Promise<PolicyRef> {
  const text = await objects.readText(proposal.key, proposal.versionId);
  if (policyHash(text) !== proposal.hash) {
    throw new FlowError("StoredObjectChanged", `${proposal.key} is not the proposal that was judged`);
  }
  const promoted = await alreadyPromoted(proposal, executionArn, { settings, objects, records });
  if (promoted) return promoted;
  const versionId = await objects.putText(settings.policyKey, text);
  const known = await readProposal(proposal.hash, { records });
  await recordPolicyVersion(
    { versionId, hash: proposal.hash, writers: known?.proposedBy ?? [], executionArn },
    { records, clock },
  );
  return { key: settings.policyKey, versionId, hash: proposal.hash, isProposal: false };
}

/** A version without a record may be somebody else's: it is written again rather than taken for this run's. */
async function alreadyPromoted(
  { hash }: PolicyRef,
  executionArn: string,
  { settings, objects, records }: Omit<Needs, "clock">,
): Promise<PolicyRef | null> {
  if ((await objects.currentVersion(settings.policyKey)) === null) return null;
  const inForce = await pinInForce(settings.policyKey, objects);
  if (inForce.hash !== hash) return null;
  const version = await readPolicyVersion(inForce.versionId, { records });
  return version?.executionArn === executionArn ? inForce : null;
}
