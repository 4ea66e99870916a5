import type { EntraState, ServicePrincipal } from "../state.ts";
import { forEachAtOnce } from "./for-each-at-once.ts";
import type { Link } from "./links.ts";
import type { Outcome } from "./outcome.ts";
import type { Session } from "./push-object.ts";
import { pushGroup, pushUser, withdraw } from "./push-subject.ts";
import { computeScope, isOn } from "./scope.ts";

interface CycleRequest {
  readonly state: EntraState;
  readonly session: Session;
  readonly servicePrincipal: ServicePrincipal;
  readonly signal: AbortSignal;
  readonly onOutcome: (outcome: Outcome, progress: { readonly done: number; readonly total: number }) => void;
}

export interface CycleResult {
  readonly entitled: number;
  readonly failed: number;
  readonly exported: number;
}

/** SCIM takes 25 writes a second; this stays below at any plausible latency. */
const AT_ONCE = 4;

/**
 * One pass: users, then groups with their members, then what has left the scope.
 * @throws {ScimConnectionError} when the endpoint refuses the token or does not answer
 */
export async function runCycle(request: CycleRequest): Promise<CycleResult> {
  const { state, session, servicePrincipal, signal, onOutcome } = request;
  await session.scim.probe();
  const scope = computeScope(state, servicePrincipal);
  const inScope = new Set([...scope.users, ...scope.groups].map(({ id }) => id));
  const keepsLeavers = isOn(servicePrincipal.secrets, "SkipOutOfScopeDeletions");
  const leavers = [...session.links.values()].filter(
    (link) => !inScope.has(link.objectId) && isPresent(link),
  );
  const withdrawn = keepsLeavers ? [] : leavers;

  const outcomes: Outcome[] = [];
  const total = inScope.size + withdrawn.length;
  const each = async <T>(items: readonly T[], push: (item: T) => Promise<Outcome>) =>
    forEachAtOnce(items, { atOnce: AT_ONCE, signal }, async (item) => {
      const outcome = await push(item);
      outcomes.push(outcome);
      onOutcome(outcome, { done: outcomes.length, total });
    });

  await each(scope.users, (user) => pushUser(session, user));
  const userIds = new Set(scope.users.map(({ id }) => id));
  await each(scope.groups, (group) => {
    const memberIds = [...group.userIds].filter((id) => userIds.has(id));
    return pushGroup(session, group, { memberIds, keepOthers: false });
  });
  await each(withdrawn, (link) => withdraw(session, link));
  return {
    entitled: inScope.size,
    failed: outcomes.filter(({ status }) => status === "failure").length,
    exported: outcomes.filter(({ status }) => status === "success").length,
  };
}

/** Whether the target still has the object as one in use. */
export function isPresent({ attributes }: Link): boolean {
  return attributes["active"] !== false;
}
