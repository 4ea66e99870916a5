import type { RecordKind } from "@landbridge/core";
import { type Grant, grant, tellMissing } from "./grants.ts";

/** Kinds of records by what a function does with them. */
interface RecordUses {
  readonly get?: readonly RecordKind[];
  /** Reads all of a kind. */
  readonly list?: readonly RecordKind[];
  readonly put?: readonly RecordKind[];
  readonly remove?: readonly RecordKind[];
  /** Reads and writes: `get` and `put`. */
  readonly change?: readonly RecordKind[];
}

/** Permissions on records of these kinds, and on no others of the table. */
export function records({
  change = [],
  get = [],
  list = [],
  put = [],
  remove = [],
}: RecordUses): readonly Grant[] {
  return [
    onRecords("dynamodb:GetItem", [...change, ...get], "reads a record"),
    onRecords("dynamodb:Query", list, "reads all records of a kind"),
    onRecords(
      "dynamodb:UpdateItem",
      [...change, ...put],
      "writes a record unless somebody else did in between",
    ),
    onRecords("dynamodb:DeleteItem", remove, "removes a record that is done with"),
  ].flat();
}

function onRecords(action: string, kinds: readonly RecordKind[], why: string): Grant[] {
  return kinds.length === 0 ? [] : [{ ...grant(action, "table", why), kinds }];
}

/** A key, or a prefix of keys followed by `*`. Never the access policy: its permissions have their own names. */
type ObjectKey = `${"changes" | "connect" | "health" | "rotate-certificate" | "sync-access"}/${string}`;

interface ObjectUses {
  readonly read?: readonly ObjectKey[];
  readonly write?: readonly ObjectKey[];
}

/** Permissions on objects under these keys, and on no others of the bucket. */
export function objects({ read = [], write = [] }: ObjectUses): readonly Grant[] {
  const reads = read.length > 0 && [
    { ...grant("s3:GetObject", "bucket", "reads what another step stored"), keys: read },
    tellMissing,
  ];
  const writes = write.length > 0 && [
    { ...grant("s3:PutObject", "bucket", "stores what is too large for a state"), keys: write },
  ];
  return [...(reads || []), ...(writes || [])];
}

/** Several permissions of one action, on records or on objects, as one: a role's policy has room for 10,240 characters. */
export function mergeDataGrants(grants: readonly Grant[]): readonly Grant[] {
  const merged = new Map<string, Grant>();
  for (const one of grants) {
    const id = JSON.stringify([one.actions, one.on, "kinds" in one, "keys" in one]);
    const known = merged.get(id);
    if (known === undefined) merged.set(id, one);
    else if (one.kinds) merged.set(id, { ...known, kinds: union(known.kinds, one.kinds) });
    else if (one.keys) merged.set(id, { ...known, keys: union(known.keys, one.keys) });
  }
  return [...merged.values()];
}

function union<T>(some: readonly T[] = [], others: readonly T[] = []): readonly T[] {
  return [...new Set([...some, ...others])];
}
