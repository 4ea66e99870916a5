import { basename } from "node:path";
import { type AccessPolicy, findInForce, loadPolicy, parseAccessPolicy, policyHash } from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";
import { readText } from "../read-text.ts";

/** A policy as somebody hands it over. */
export interface PolicyText {
  readonly file: string;
  readonly text: string;
}

/** A policy that is not in force. */
export interface ProposedPolicy {
  readonly text: string;
  /** Version that was in force when it was planned; null: none. */
  readonly basedOn: string | null;
}

export interface ChosenPolicy {
  readonly policy: AccessPolicy;
  /** Null: the policy is in force already. */
  readonly proposed: ProposedPolicy | null;
}

/** The access policy of a file, as `--policy` names it; null without one. @throws {UsageError} for a file that cannot be read */
export async function readPolicyFile(file: string | undefined): Promise<PolicyText | null> {
  return file === undefined ? null : { file: basename(file), text: await readText(file) };
}

/** The policy that is given, or the one in force, and whether it would be a new one. @throws {FlowError} PolicyInvalid, PolicyMissing */
export async function choosePolicy(
  given: PolicyText | null,
  { settings, objects }: Pick<Deps, "settings" | "objects">,
): Promise<ChosenPolicy> {
  if (given === null) return { policy: await loadPolicy(settings, { objects }), proposed: null };
  const policy = parseAccessPolicy(given.text, given.file);
  const inForce = (await findInForce(settings.policyKey, objects))?.ref ?? null;
  if (inForce?.hash === policyHash(given.text)) return { policy, proposed: null };
  return { policy, proposed: { text: given.text, basedOn: inForce?.versionId ?? null } };
}
