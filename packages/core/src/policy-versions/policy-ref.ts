import { createHash } from "node:crypto";
import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { parseAccessPolicy } from "../policy/parse-policy.ts";
import type { AccessPolicy } from "../policy/policy.ts";

/** One exact version of an access policy. A run reads the policy by it in every state. */
export interface PolicyRef {
  /** Key of the object: of the policy in force, or of a proposal. */
  readonly key: string;
  readonly versionId: string;
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash: string;
  /** Whether it is a proposal that is not in force yet. */
  readonly isProposal: boolean;
}

/** SHA-256 of the text of a policy, in hexadecimal: the name of a proposal. */
export function policyHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Reads exactly the version that a run has pinned.
 * @throws {FlowError} PolicyInvalid; IncompleteRead when the version is gone; StoredObjectChanged when it says something else
 */
export async function readPinnedPolicy(
  policy: PolicyRef,
  { objects }: Pick<Ports, "objects">,
): Promise<AccessPolicy> {
  return parseAccessPolicy(await readPinnedText(policy, { objects }), fileNameOf(policy.key));
}

/** @throws {FlowError} IncompleteRead if the version is gone; StoredObjectChanged if its content differs */
export async function readPinnedText(
  { key, versionId, hash }: PolicyRef,
  { objects }: Pick<Ports, "objects">,
): Promise<string> {
  const text = await objects.readText(key, versionId);
  if (policyHash(text) === hash) return text;
  throw new FlowError(
    "StoredObjectChanged",
    `${key}, version ${versionId}, is not the policy that the run began with`,
  );
}

/** How messages name the policy: the last part of its key. */
export function fileNameOf(key: string): string {
  return key.split("/").at(-1) ?? key;
}
