import * as z from "zod";
import type { Ports } from "../ports/ports.ts";
import { defineRecord } from "../records/define-record.ts";

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

export const POLICY_VERSIONS = defineRecord<PolicyVersion>({
  kind: "policy-version",
  version: 1,
  schema: z.object({
    versionId: z.string(),
    hash: z.string(),
    writers: z.array(z.string()).readonly(),
    executionArn: z.string().nullable(),
    at: z.iso.datetime(),
  }),
});

export async function recordPolicyVersion(
  version: Omit<PolicyVersion, "at">,
  { records, clock }: Pick<Ports, "records" | "clock">,
): Promise<void> {
  const value: PolicyVersion = { ...version, at: new Date(clock.now()).toISOString() };
  await POLICY_VERSIONS.put(records, version.versionId, value);
}

/** Null for a version that Landbridge did not put in force. */
export async function readPolicyVersion(
  versionId: string,
  { records }: Pick<Ports, "records">,
): Promise<PolicyVersion | null> {
  return (await POLICY_VERSIONS.get(records, versionId))?.value ?? null;
}
