import type { Ports } from "../ports/ports.ts";
import { parseAccessPolicy } from "../policy/parse-policy.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { pinInForce } from "../policy-versions/policy-in-force.ts";
import { fileNameOf } from "../policy-versions/policy-ref.ts";
import type { Settings } from "../settings.ts";

/** The access policy in force. @throws {FlowError} PolicyInvalid, PolicyMissing */
export async function loadPolicy(
  { policyKey }: Pick<Settings, "policyKey">,
  { objects }: Pick<Ports, "objects">,
): Promise<AccessPolicy> {
  const { text } = await pinInForce(policyKey, objects);
  return parseAccessPolicy(text, fileNameOf(policyKey));
}
