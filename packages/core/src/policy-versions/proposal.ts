import * as z from "zod";
import { FlowError, isFlowError } from "../errors.ts";
import { parseAccessPolicy } from "../policy/parse-policy.ts";
import type { Ports } from "../ports/ports.ts";
import type { StoredObject } from "../ports/object-store.ts";
import type { Settings } from "../settings.ts";
import { fileNameOf, policyHash } from "./policy-ref.ts";
import { defineRecord } from "../records/define-record.ts";

/**
 * Record `proposal/<hash>`: who proposed this policy. Several people may propose the same text: none of them may approve its
 * plan.
 */
export interface Proposal {
  readonly hash: string;
  readonly proposedBy: readonly string[];
  /** Version of the policy that it replaces; null: there was none. */
  readonly basedOn: string | null;
  /** ISO time of the latest. */
  readonly at: string;
}

export const PROPOSALS = defineRecord<Proposal>({
  kind: "proposal",
  version: 1,
  schema: z.object({
    hash: z.string(),
    proposedBy: z.array(z.string()).readonly(),
    basedOn: z.string().nullable(),
    at: z.iso.datetime(),
  }),
});

const KEPT_MILLISECONDS = 90 * 24 * 3_600_000;

/** `policy/proposed/<hash>.yaml` */
export function proposalKey(hash: string): string {
  return `policy/proposed/${hash}.yaml`;
}

/**
 * Stores a proposed policy. It takes effect when a run may apply its plan: because the plan is empty, within the guardrails,
 * or approved. Proposing the same text again makes it replace the version now in force.
 * @param basedOn version that the author has seen in force; by default the current one
 * @returns the hash that names the proposal
 * @throws {FlowError} PolicyInvalid; ProposalStale when another policy came into force since `basedOn`;
 * ConflictingOperation when several people propose the same text at the same moment
 */
export async function proposePolicy(
  text: string,
  proposedBy: string,
  {
    settings: { policyKey },
    objects,
    records,
    clock,
  }: Pick<Ports, "objects" | "records" | "clock"> & { readonly settings: Pick<Settings, "policyKey"> },
  basedOn?: string | null,
): Promise<string> {
  parseAccessPolicy(text, fileNameOf(policyKey));
  const hash = policyHash(text);
  const inForce = await objects.currentVersion(policyKey);
  if (basedOn !== undefined) refuseStale({ basedOn }, inForce);
  // The record first: a proposal without one has an unknown author, who might be the approver.
  const stored = await PROPOSALS.get(records, hash);
  const authors = new Set([...(stored?.value.proposedBy ?? []), proposedBy]);
  const now = clock.now();
  const proposal: Proposal = {
    hash,
    proposedBy: [...authors],
    basedOn: inForce,
    at: new Date(now).toISOString(),
  };
  await PROPOSALS.put(records, hash, proposal, {
    ifRevision: stored?.revision ?? 0,
    expiresAt: now + KEPT_MILLISECONDS,
  });
  await objects.putText(proposalKey(hash), text);
  return hash;
}

/** Null for a text that nobody has proposed through Landbridge. */
export async function readProposal(
  hash: string,
  { records }: Pick<Ports, "records">,
): Promise<Proposal | null> {
  return (await PROPOSALS.get(records, hash))?.value ?? null;
}

/** Null if it was discarded or never made. */
export async function findProposedText(
  hash: string,
  { objects }: Pick<Ports, "objects">,
): Promise<StoredObject | null> {
  try {
    return await objects.read(proposalKey(hash));
  } catch (error) {
    if (!isFlowError(error, "IncompleteRead")) throw error;
    return null;
  }
}

/**
 * A policy is a whole file: it would revert what others have put in force since its author read it.
 * @throws {FlowError} ProposalStale
 */
export function refuseStale({ basedOn }: Pick<Proposal, "basedOn">, inForce: string | null): void {
  if (basedOn === inForce) return;
  throw new FlowError(
    "ProposalStale",
    "Another access policy came into force after this one was planned and proposed. This one did not come into force",
  );
}

/**
 * An approver declined: the proposal is discarded, and the policy in force stays. Ends the flow with its own error
 * name.
 * @throws {FlowError} OperatorDeclined, always
 */
export async function discardProposal(
  {
    hash,
    isProposal,
    cause,
  }: { readonly hash: string; readonly isProposal: boolean; readonly cause: string },
  { objects }: Pick<Ports, "objects">,
): Promise<never> {
  if (!isProposal) {
    throw new FlowError(
      "OperatorDeclined",
      `${cause}. The policy in force asks for these changes: propose another one`,
    );
  }
  await objects.remove(proposalKey(hash));
  throw new FlowError(
    "OperatorDeclined",
    `${cause}. The proposal is discarded; the policy in force has not changed`,
  );
}
