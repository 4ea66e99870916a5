import { isObjectId } from "../policy/object-id.ts";
import type { PolicyRef } from "../policy-versions/policy-ref.ts";
import { readPolicyVersion } from "../policy-versions/policy-version.ts";
import { readProposal } from "../policy-versions/proposal.ts";
import type { Ports } from "../ports/ports.ts";
import type { RunOrigin } from "./find-origin.ts";
import { readRunStart } from "./run-start.ts";

/** Who caused what a run would do. Its approver must be somebody else. */
export interface Provenance {
  readonly starter:
    | { readonly is: "known"; readonly identities: readonly string[] }
    /** A schedule or an event: no person. */
    | { readonly is: "machine" }
    | { readonly is: "unknown" };
  /** The author or proposer of the policy; null: unknown, for example if somebody put the file into the bucket. */
  readonly writers: readonly string[] | null;
  /** Starters and writers: who may not approve. */
  readonly excluded: readonly string[];
}

type JudgedPolicy = Pick<PolicyRef, "versionId" | "hash" | "isProposal">;

/**
 * Reads who started a run and who wrote its policy. A record of the start is trusted; without one, a claim that names a
 * person counts as that person, and any other claim as unknown.
 */
export async function provenanceOf(
  origin: Pick<RunOrigin, "executionArn" | "claim">,
  policy: JudgedPolicy,
  ports: Pick<Ports, "records">,
): Promise<Provenance> {
  const [starter, { writers, excluded }] = await Promise.all([
    starterOf(origin, ports),
    writersOf(policy, ports),
  ]);
  const starters = starter.is === "known" ? starter.identities : [];
  return { starter, writers, excluded: [...new Set([...starters, ...excluded])] };
}

async function starterOf(
  { executionArn, claim }: Pick<RunOrigin, "executionArn" | "claim">,
  ports: Pick<Ports, "records">,
): Promise<Provenance["starter"]> {
  const start = await readRunStart(executionArn, ports);
  if (start && start.people.length > 0) return { is: "known", identities: start.people };
  if (start && start.machines.length > 0) return { is: "machine" };
  if (claim !== null && namesPerson(claim)) return { is: "known", identities: [claim] };
  return { is: "unknown" };
}

/** Includes everybody who proposed the same text, even if somebody else put it in force. */
async function writersOf(
  { versionId, hash, isProposal }: JudgedPolicy,
  ports: Pick<Ports, "records">,
): Promise<{ writers: readonly string[] | null; excluded: readonly string[] }> {
  const proposedBy = (await readProposal(hash, ports))?.proposedBy ?? [];
  const written = isProposal ? proposedBy : ((await readPolicyVersion(versionId, ports))?.writers ?? []);
  const excluded = [...new Set([...written, ...proposedBy])];
  return { writers: written.length === 0 ? null : excluded, excluded };
}

/** An ARN, a user name of Entra, or an object id. */
function namesPerson(claim: string): boolean {
  return claim.startsWith("arn:") || claim.includes("@") || isObjectId(claim);
}
