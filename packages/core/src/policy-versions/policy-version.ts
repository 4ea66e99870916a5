import type { Ports } from "../ports/ports.ts";

/** Record `policy-version/<version id>`: the origin of a version of the policy in force. */
export interface PolicyVersion {
  readonly versionId: string;
  readonly hash: string;
  /** The policy's authors. Empty: unknown, for example if somebody put the file into the bucket. */
  readonly writers: readonly string[];
  /** The run that put it in force and applies it; null: none. */
  readonly executionArn: string | null;
  /** ISO time. */
  readonly at: string;
}

export async function recordPolicyVersion(
  version: Omit<PolicyVersion, "at">,
  { records, clock }: Pick<Ports, "records" | "clock">,
): Promise<void> {
  const value: PolicyVersion = { ...version, at: new Date(clock.now()).toISOString() };
  await records.put("policy-version", version.versionId, value);
}

/** Null for a version that Landbridge did not put in force. */
export async function readPolicyVersion(
  versionId: string,
  { records }: Pick<Ports, "records">,
): Promise<PolicyVersion | null> {
  return (await records.get<PolicyVersion>("policy-version", versionId))?.value ?? null;
}
