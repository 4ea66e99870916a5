import type { z } from "zod";
import { quotaExceeded, validation } from "./errors.ts";
import type { Tag } from "./inputs.ts";
import { QUOTAS } from "./quotas.ts";

type Tag = z.infer<typeof Tag>;

/** Tags of one resource, by key. */
export type Tags = Map<string, string>;

export function readTags(tags: readonly Tag[]): Tags {
  return new Map(tags.map(({ Key, Value }) => [Key, Value]));
}

/** @throws {AwsError} ValidationException for a key given twice, ServiceQuotaExceededException for too many */
export function checkTags(added: readonly Tag[], present: Tags = new Map()): void {
  const keys = new Set(added.map(({ Key }) => Key));
  if (keys.size < added.length) throw validation("A tag key is given twice.");
  const all = new Set([...present.keys(), ...keys]);
  if (all.size > QUOTAS.tagsPerResource) {
    throw quotaExceeded(`A resource has at most ${QUOTAS.tagsPerResource} tags.`);
  }
}
