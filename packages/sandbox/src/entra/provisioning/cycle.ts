import type { EntraState, ServicePrincipal } from "../state.ts";
import { judgeDeletions } from "./accidental-deletions.ts";
import { attributesOf } from "./attribute-flows.ts";
import type { Escrows } from "./escrows.ts";
import { forEachAtOnce } from "./for-each-at-once.ts";
import { isPresent } from "./links.ts";
import type { Outcome } from "./outcome.ts";
import type { Session } from "./push-object.ts";
import { pushGroup, pushUser, stagedDeletion } from "./push-subject.ts";
import { type Verdict, judgeEscrows } from "./quarantine.ts";
import { CONNECTION_LOST, ScimOutage } from "./scim-errors.ts";
import { computeScope } from "./scope.ts";
import { findWithdrawals, membersOf } from "./withdrawals.ts";

interface CycleRequest {
  readonly state: EntraState;
  readonly session: Session;
  readonly escrows: Escrows;
  readonly servicePrincipal: ServicePrincipal;
  /** Deletes and disables however many there are. */
  readonly forceDeletes: boolean;
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: Outcome, progress: { readonly done: number; readonly total: number }) => void;
}

export interface CycleResult {
  /** Objects in the scope. */
  readonly entitled: number;
  readonly failed: number;
  readonly exported: number;
  /** Why the job goes into quarantine, if it does. */
  readonly verdict: Verdict | null;
}

/** SCIM allows 25 writes a second; this stays below at any plausible latency. */
const AT_ONCE = 4;
/** After this many objects in a row without an answer, the rest of the cycle would fail too, and take days. */
const MOST_LOST = 8;

/**
 * One pass: users, then groups with their members, then what has left the scope. Sends only what differs from what the job
 * has sent before.
 * @throws {ScimConnectionError} when the endpoint refuses the token, or does not answer at the beginning; {ScimOutage} when
 * it stops to answer
 */
export async function runCycle(request: CycleRequest): Promise<CycleResult> {
  const { state, session, escrows, servicePrincipal, signal, onOutcome } = request;
  const { flows, links } = session;
  await session.scim.probe();
  const scope = computeScope(state, servicePrincipal);
  const users = flows.User.enabled ? scope.users : [];
  const groups = flows.Group.enabled ? scope.groups : [];
  const withdrawals = findWithdrawals(session, state, { scope, servicePrincipal });
  const leavers = new Set(withdrawals.map(({ link }) => link.objectId));
  escrows.keepOnly((id) => scope.ids.has(id) || leavers.has(id));
  const held = request.forceDeletes ? null : judgeDeletions(servicePrincipal, withdrawals.length);
  const now = () => state.kernel.clock.now();

  const outcomes: Outcome[] = [];
  let lost = 0;
  const total = users.length + groups.length + withdrawals.length;
  const note = (outcome: Outcome) => {
    outcomes.push(outcome);
    onOutcome(outcome, { done: outcomes.length, total });
  };
  const each = async <T>(items: readonly T[], work: Pushing<T>) =>
    forEachAtOnce(items, { atOnce: AT_ONCE, signal }, async (item) => {
      const fingerprint = () => work.fingerprint(item);
      const id = work.id(item);
      if (escrows.holdsBack(id, fingerprint, now())) return;
      const outcome = await work.push(item);
      // A pause cuts attempts short: such a failure proves nothing.
      if (outcome.error && signal.aborted) return;
      if (outcome.error)
        escrows.fail(id, { fingerprint: fingerprint(), isReference: outcome.error.isReference }, now());
      else escrows.succeed(id);
      note(outcome);
      // An object that needed no request proves nothing about the endpoint either.
      if (outcome.status === "skipped") return;
      lost = outcome.error?.code === CONNECTION_LOST ? lost + 1 : 0;
      if (lost === MOST_LOST) throw new ScimOutage("The application has stopped answering.");
    });

  await each(users, {
    id: ({ id }) => id,
    fingerprint: (user) => JSON.stringify(attributesOf(flows.User, user)),
    push: (user) => pushUser(session, user),
  });
  const membersFor = (groupId: string) => membersOf(groupId, links, { state, scope });
  await each(groups, {
    id: ({ id }) => id,
    fingerprint: (group) => JSON.stringify([attributesOf(flows.Group, group), ...membersFor(group.id)]),
    push: (group) => pushGroup(session, group, { members: () => membersFor(group.id), keepOthers: false }),
  });
  if (held) for (const { link } of withdrawals) note(stagedDeletion(link, held.error));
  else {
    await each(withdrawals, {
      id: ({ link }) => link.objectId,
      fingerprint: () => "withdrawal",
      push: ({ run }) => run(),
    });
  }
  const successes = [...links.values()].filter(isPresent).length;
  return {
    entitled: users.length + groups.length,
    failed: outcomes.filter(({ status }) => status === "failure").length,
    exported: outcomes.filter(({ status }) => status === "success").length,
    verdict: held ?? judgeEscrows({ ...escrows.counts(), successes }),
  };
}

interface Pushing<T> {
  readonly id: (item: T) => string;
  /** What a new attempt depends on. */
  readonly fingerprint: (item: T) => string;
  readonly push: (item: T) => Promise<Outcome>;
}
