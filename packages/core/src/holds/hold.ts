import { createHash } from "node:crypto";
import * as z from "zod";
import type { InstanceScope } from "../model/instance.ts";
import type { PolicyRef } from "../policy-versions/policy-ref.ts";
import type { Ports } from "../ports/ports.ts";
import type { StoredRecord } from "../ports/record-store.ts";
import { defineRecord } from "../records/define-record.ts";

/** Record `hold/<lineage>`: the plan that waits for an approval, of one policy and one scope. Written under the fence. */
export interface Hold {
  readonly planHash: string;
  /** The run that asks for the approval, or will. After its end, nothing is held. */
  readonly executionArn: string;
  /** Null until it has asked. */
  readonly taskId: string | null;
  /** ISO time. */
  readonly since: string;
  /** Hash of the plan whose additions were tried: they are not tried again. */
  readonly additionsTriedFor: string | null;
}

/** Identifies plans that follow each other, so that a newer one replaces an older one. */
export interface PlanLineage {
  readonly policy: Pick<PolicyRef, "hash" | "isProposal">;
  readonly scope: { readonly scope: "full" } | InstanceScope;
}

export const HOLDS = defineRecord<Hold>({
  kind: "hold",
  version: 1,
  schema: z.object({
    planHash: z.string(),
    executionArn: z.string(),
    taskId: z.string().nullable(),
    since: z.iso.datetime(),
    additionsTriedFor: z.string().nullable(),
  }),
});

/** The longest that a run waits for its approval, and a day. */
const KEPT_MILLISECONDS = 15 * 24 * 3_600_000;

/** `in-force/full`, `proposal-<hash>/full`, `in-force/accounts-<hash of their ids>` */
export function lineageOf({ policy, scope }: PlanLineage): string {
  const of = policy.isProposal ? `proposal-${policy.hash}` : "in-force";
  if (scope.scope === "full") return `${of}/full`;
  const ids = createHash("sha256").update(JSON.stringify(scope.ids.toSorted())).digest("hex");
  return `${of}/${scope.scope}-${ids.slice(0, 32)}`;
}

export async function readHold(
  lineage: string,
  { records }: Pick<Ports, "records">,
): Promise<StoredRecord<Hold> | null> {
  return HOLDS.get(records, lineage);
}

/** @throws {FlowError} ConflictingOperation when another run has written it since it was read */
export async function writeHold(
  lineage: string,
  hold: Hold,
  before: StoredRecord<Hold> | null,
  { records, clock }: Pick<Ports, "records" | "clock">,
): Promise<void> {
  const expiresAt = clock.now() + KEPT_MILLISECONDS;
  await HOLDS.put(records, lineage, hold, { ifRevision: before?.revision ?? 0, expiresAt });
}

/** A run that is over holds nothing. @param executionArn of that run: the hold of another one stays */
export async function endHold(
  lineage: string,
  executionArn: string,
  { records }: Pick<Ports, "records">,
): Promise<void> {
  const stored = await readHold(lineage, { records });
  if (stored?.value.executionArn !== executionArn) return;
  await records.remove("hold", lineage, { ifRevision: stored.revision });
}
