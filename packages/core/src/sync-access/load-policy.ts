import type { Ports } from "../ports/ports.ts";
import { parseAccessPolicy } from "../policy/parse-policy.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Settings } from "../settings.ts";

/** The access policy as it stands in the object store. @throws {FlowError} PolicyInvalid, IncompleteRead */
export async function loadPolicy(
  { policyKey }: Pick<Settings, "policyKey">,
  { objects }: Pick<Ports, "objects">,
): Promise<AccessPolicy> {
  const file = policyKey.split("/").at(-1) ?? policyKey;
  return parseAccessPolicy(await objects.readText(policyKey), file);
}
