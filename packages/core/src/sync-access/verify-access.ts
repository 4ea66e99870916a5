import type { VerifiedAccess, VerifyInput } from "./verified-access.ts";
import { FlowError, isFlowError } from "../errors.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Protection } from "../plan/protection.ts";
import type { Ports } from "../ports/ports.ts";
import { readPrincipals } from "./read-principals.ts";
import { questionsOf } from "./verify-questions.ts";

/** Enough to keep the limiter busy at AWS's latencies. */
const CONCURRENCY = 8;

type Needs = Pick<Ports, "identityCenter" | "identityStore" | "clock"> & {
  readonly settings: Protection;
};

/**
 * Reads again what a plan changed, until all is read or the deadline has passed: reported changes must be true.
 * @throws {FlowError} VerificationFailed naming the first differences
 */
export async function verifyAccess(input: VerifyInput, ports: Needs): Promise<VerifiedAccess> {
  const { plan, earlier, deadline } = input;
  const types = new Set(plan.assignments.map(({ principal }) => principal.type));
  const { instance, principals } = await readPrincipals(ports, types);
  const questions = questionsOf({ ...input, instance, principals }, ports);
  let isByPlace = earlier?.isByPlace ?? questions.byPlace.length <= questions.byPrincipal.length;
  const goesOn = () => ports.clock.now() < deadline;

  async function ask(from: number) {
    const all = [...questions.ofRoles, ...(isByPlace ? questions.byPlace : questions.byPrincipal)];
    const asked = all.slice(from);
    const found = await mapConcurrently(asked, CONCURRENCY, (question) => question.findWrong(), goesOn);
    return { all, found, done: asked.slice(0, found.length) };
  }

  let from = earlier?.asked ?? 0;
  const { all, found, done } = await ask(from).catch((error: unknown) => {
    // Only the management account may list by principal (ListAccountAssignmentsForPrincipal).
    if (isByPlace || !isFlowError(error, "AccessDenied")) throw error;
    isByPlace = true;
    from = Math.min(from, questions.ofRoles.length);
    return ask(from);
  });
  const wrong = found.flat();
  if (wrong.length > 0) {
    const names = wrong.slice(0, 5).join(", ");
    throw new FlowError("VerificationFailed", `${wrong.length} changes are not as reported: ${names}`);
  }
  const verified = (earlier?.verified ?? 0) + done.reduce((sum, { count }) => sum + count, 0);
  const asked = from + done.length;
  return { verified, asked, remaining: all.length - asked, isByPlace };
}
