import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { policyHash } from "./policy-ref.ts";

/**
 * Record `proposal/<hash>`: who proposed this policy. Several people may propose the same text: none of them may approve
 * what it does.
 */
export interface Proposal {
  readonly hash: string;
  readonly proposedBy: readonly string[];
  /** ISO time of the latest. */
  readonly at: string;
}

const KEPT_MILLISECONDS = 90 * 24 * 3_600_000;

/** `policy/proposed/<hash>.yaml` */
export function proposalKey(hash: string): string {
  return `policy/proposed/${hash}.yaml`;
}

/**
 * Keeps a policy that somebody wants. It comes into force when a run finds its plan empty, applies it, or has it approved.
 * @returns the hash that names the proposal
 * @throws {FlowError} ConflictingOperation when several people propose the same text at the same moment
 */
export async function proposePolicy(
  text: string,
  proposedBy: string,
  { objects, records, clock }: Pick<Ports, "objects" | "records" | "clock">,
): Promise<string> {
  const hash = policyHash(text);
  // The record first: a proposal without one has an unknown author, whom nobody can tell from the approver.
  const stored = await records.get<Proposal>("proposal", hash);
  const authors = new Set([...(stored?.value.proposedBy ?? []), proposedBy]);
  const now = clock.now();
  const proposal: Proposal = { hash, proposedBy: [...authors], at: new Date(now).toISOString() };
  await records.put("proposal", hash, proposal, {
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
  return (await records.get<Proposal>("proposal", hash))?.value ?? null;
}

/**
 * An approver said no: the proposal is gone, and the policy in force stays. Ends the flow with a name of its own.
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
  try {
    await objects.remove(proposalKey(hash));
  } catch (error) {
    if (!isFlowError(error, "IncompleteRead")) throw error;
  }
  throw new FlowError(
    "OperatorDeclined",
    `${cause}. The proposal is discarded; the policy in force has not changed`,
  );
}
