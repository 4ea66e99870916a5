import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { type PolicyRef, policyHash } from "./policy-ref.ts";

interface PolicyInForce {
  readonly ref: PolicyRef;
  readonly text: string;
}

/** The version that is in force now; null if the deployment has no policy yet. */
export async function findInForce(
  policyKey: string,
  objects: Pick<Ports["objects"], "currentVersion" | "read">,
): Promise<PolicyInForce | null> {
  if ((await objects.currentVersion(policyKey)) === null) return null;
  const { text, versionId } = await objects.read(policyKey);
  return { text, ref: { key: policyKey, versionId, hash: policyHash(text), isProposal: false } };
}

/** @throws {FlowError} PolicyMissing */
export async function pinInForce(
  policyKey: string,
  objects: Pick<Ports["objects"], "currentVersion" | "read">,
): Promise<PolicyInForce> {
  const inForce = await findInForce(policyKey, objects);
  if (inForce) return inForce;
  throw new FlowError("PolicyMissing", `No access policy is in force: there is no object ${policyKey}`);
}
