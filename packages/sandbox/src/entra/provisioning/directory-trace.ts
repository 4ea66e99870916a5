import type { EntraState, ServicePrincipal } from "../state.ts";
import { isOn } from "./scope.ts";

/**
 * Everything of the directory that a cycle of the job depends on, as a flat list: two equal ones mean that nothing has
 * changed in between. Written for speed, since a simulated year reads it 13,000 times.
 */
export function traceDirectory(state: EntraState, { id, secrets }: ServicePrincipal): readonly unknown[] {
  const trace: unknown[] = [...secrets.values(), ...state.deletedItems.keys()];
  const traceUser = (userId: string) => {
    const user = state.users.get(userId);
    if (user === undefined) trace.push(userId);
    else {
      const { userPrincipalName, displayName, givenName, surname, accountEnabled } = user;
      trace.push(userId, userPrincipalName, displayName, givenName, surname, accountEnabled);
    }
  };
  const traceGroup = (groupId: string) => {
    const group = state.groups.get(groupId);
    if (group === undefined) return;
    trace.push(groupId, group.displayName, group.securityEnabled);
    for (const userId of group.userIds) traceUser(userId);
  };
  if (isOn(secrets, "SyncAll")) {
    for (const userId of state.users.keys()) traceUser(userId);
    for (const groupId of state.groups.keys()) traceGroup(groupId);
    return trace;
  }
  for (const assignment of state.assignments.values()) {
    if (assignment.servicePrincipalId !== id) continue;
    if (assignment.principalType === "User") traceUser(assignment.principalId);
    else traceGroup(assignment.principalId);
  }
  return trace;
}

export function isSameTrace(one: readonly unknown[] | null, other: readonly unknown[]): boolean {
  if (one?.length !== other.length) return false;
  for (let index = 0; index < other.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}
