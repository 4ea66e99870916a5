import { didYouMean } from "@landbridge/core";
import type { PrincipalRegister } from "../principals.ts";
import type { Path, SourceFile } from "../source-file.ts";
import type { ZoneOrganization } from "./organization.ts";
import { checkTargets, toTargets } from "./rule-targets.ts";
import type { IamConfig, ZoneAssignment } from "./schemas.ts";

interface Context {
  readonly iam: SourceFile<IamConfig>;
  readonly organization: ZoneOrganization;
  readonly principals: PrincipalRegister;
}

interface RulePrincipals {
  readonly groups?: readonly string[];
  readonly users?: readonly string[];
}

/** The assignments as rules of `access.yaml`; what one names wrongly is refused. */
export function toRules(context: Context): object[] {
  const { iam } = context;
  const { identityCenterAssignments, identityCenterPermissionSets } = iam.value.identityCenter;
  const permissionSets = identityCenterPermissionSets.map(({ name }) => name);
  const seen = new Set<string>();
  return identityCenterAssignments.flatMap((assignment, index) => {
    const path = ["identityCenter", "identityCenterAssignments", index];
    const { name, permissionSetName } = assignment;
    if (seen.has(name)) iam.refuse([...path, "name"], `a second assignment is named ${name}`);
    seen.add(name);
    if (!permissionSets.includes(permissionSetName)) {
      const hint = didYouMean(permissionSetName, permissionSets);
      iam.refuse(
        [...path, "permissionSetName"],
        `there is no permission set ${JSON.stringify(permissionSetName)}${hint}`,
      );
    }
    const place = { assignment, path };
    checkTargets(context, place);
    const who = toPrincipals(context, place);
    return toTargets(context, place).map(({ suffix, ...where }) => ({
      name: `${name}${suffix}`,
      ...who,
      permissionSets: [permissionSetName],
      ...where,
    }));
  });
}

function toPrincipals(
  { iam, principals }: Context,
  { assignment, path }: { readonly assignment: ZoneAssignment; readonly path: Path },
): RulePrincipals {
  const groups: string[] = [];
  const users: string[] = [];
  const { principalId, principalType } = assignment;
  if (principalId) {
    const type = principalType ?? "USER";
    const id = principals.addById(type, principalId);
    if (id === undefined)
      iam.refuse(
        [...path, "principalId"],
        `${JSON.stringify(principalId)} is no id of the identity store; name the group or user under principals`,
      );
    else (type === "GROUP" ? groups : users).push(id);
  }
  for (const { type, name } of assignment.principals) {
    (type === "GROUP" ? groups : users).push(principals.addNamed(type, name));
  }
  if (!principalId && groups.length + users.length === 0)
    iam.refuse(path, "this assignment is for nobody: name a group or user under principals");
  return {
    ...(groups.length > 0 ? { groups: [...new Set(groups)] } : {}),
    ...(users.length > 0 ? { users: [...new Set(users)] } : {}),
  };
}
