import { FlowError } from "../errors.ts";
import { isNamed, mayBeSamePerson } from "../tasks/same-person.ts";
import type { Provenance } from "./provenance.ts";

/** The setting that names who may approve what has an unknown author. */
export const APPROVERS_SETTING = "LANDBRIDGE_APPROVERS";

/**
 * Enforces four eyes: the approver is neither the run's starter nor the policy's author. If one of these is unknown, only
 * approvers that the deployment names may approve.
 * @param approvers what the setting says
 * @throws {FlowError} ApproverIsRequester, ApproverIsAuthor, ApproverNotNamed
 */
export function refuseApprover(
  approver: string,
  { starter, writers, excluded }: Provenance,
  approvers: readonly string[],
): void {
  const same = (identity: string) => mayBeSamePerson(identity, approver);
  const started = starter.is === "known" ? starter.identities.find(same) : undefined;
  if (started !== undefined) {
    throw new FlowError(
      "ApproverIsRequester",
      `${started} started this run; ${approver} may be the same person and may not approve its plan`,
    );
  }
  const wrote = excluded.find(same);
  if (wrote !== undefined) {
    throw new FlowError(
      "ApproverIsAuthor",
      `${wrote} wrote this policy; ${approver} may be the same person and may not approve its plan`,
    );
  }
  const unknown = whatIsUnknown({ starter, writers });
  if (unknown === null || isNamed(approver, approvers)) return;
  throw new FlowError(
    "ApproverNotNamed",
    `It is unknown ${unknown}: only approvers that ${APPROVERS_SETTING} names may approve, and ${approver} is not one of them`,
  );
}

/** `who started this run`, or null when both are known. */
export function whatIsUnknown({ starter, writers }: Pick<Provenance, "starter" | "writers">): string | null {
  const unknown = [
    ...(starter.is === "unknown" ? ["who started this run"] : []),
    ...(writers === null ? ["who wrote this version of the policy"] : []),
  ];
  return unknown.length === 0 ? null : unknown.join(" and ");
}
