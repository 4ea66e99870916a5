import * as z from "zod";
import type { Ports } from "../ports/ports.ts";
import { defineRecord } from "../records/define-record.ts";

/**
 * Record `permission-set/<ARN>`: Landbridge created this set and may delete it. A record rather than a tag: reading it
 * costs no call to IAM Identity Center, and nobody who may tag can make a set look like Landbridge's own. It names the
 * ARN, since a set that somebody creates again under the same name is another one. It is written after the creation: a
 * crash in between leaves a set that is never deleted, which is harmless.
 */
interface OwnPermissionSet {
  readonly name: string;
  /** ISO time. */
  readonly createdAt: string;
}

export const OWN_PERMISSION_SETS = defineRecord<OwnPermissionSet>({
  kind: "permission-set",
  version: 1,
  schema: z.object({ name: z.string(), createdAt: z.iso.datetime() }),
});

export async function keepAsOwn(
  arn: string,
  name: string,
  { records, clock }: Pick<Ports, "records" | "clock">,
): Promise<void> {
  const own: OwnPermissionSet = { name, createdAt: new Date(clock.now()).toISOString() };
  await OWN_PERMISSION_SETS.put(records, arn, own);
}

/** ARNs of the permission sets that Landbridge created. */
export async function readOwnPermissionSets({ records }: Pick<Ports, "records">): Promise<string[]> {
  return (await OWN_PERMISSION_SETS.list(records)).map(({ id }) => id);
}
