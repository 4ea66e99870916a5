import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { BoundPrincipal } from "../policy/bound-policy.ts";
import { readDirectory } from "../policy/read-directory.ts";
import { principalsInScope } from "./principals-in-scope.ts";

/**
 * Gives the application's user role to everybody that the policy names: this puts them into the scope of provisioning.
 */
export async function assignPrincipals(
  application: EnterpriseApplication,
  policy: AccessPolicy,
  ports: Pick<Ports, "applications" | "directory">,
): Promise<{ principals: number; assigned: number }> {
  const principals = principalsInScope(policy, await readDirectory(policy, ports));
  return { principals: principals.length, assigned: await putInScope(application, principals, ports) };
}

/** Assigns those who are not assigned yet; returns how many. */
export async function putInScope(
  application: EnterpriseApplication,
  principals: readonly Pick<BoundPrincipal, "directoryId">[],
  { applications }: Pick<Ports, "applications">,
): Promise<number> {
  const assigned = new Set(
    (await applications.listAssignments(application)).map(({ principalId }) => principalId),
  );
  const missing = principals.filter(({ directoryId }) => !assigned.has(directoryId));
  if (missing.length === 0) return 0;
  const { userRoleId } = await applications.read(application);
  for (const { directoryId } of missing) await applications.assign(application, directoryId, userRoleId);
  return missing.length;
}
