import type { DirectorySnapshot } from "../model/directory.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { principalsInScope } from "./principals-in-scope.ts";

/** User principal names of up to two people who should see accounts after signing in: AWS has provisioned them. */
export function findExampleUsers(
  policy: AccessPolicy,
  directory: DirectorySnapshot,
  arrived: ReadonlySet<string | null>,
): string[] {
  const inScope = new Set(principalsInScope(policy, directory).map(({ directoryId }) => directoryId));
  const members = directory.groups
    .filter(({ id }) => inScope.has(id))
    .flatMap(({ memberUserIds }) => memberUserIds);
  const candidates = new Set([...members, ...inScope]);
  return directory.users
    .filter(({ id, accountEnabled }) => accountEnabled && candidates.has(id) && arrived.has(id))
    .slice(0, 2)
    .map(({ userPrincipalName }) => userPrincipalName);
}
