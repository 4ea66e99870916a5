import type { DirectorySnapshot, Organization } from "@landbridge/core";
import type { Sandbox } from "@landbridge/sandbox";

/** The organization that the sandbox imitates, as core sees one. */
export function simulatedOrganization({ states: { organization } }: Sandbox): Organization {
  const { rootId, managementAccountId } = organization;
  const units = [...organization.units.values()];
  const pathOf = (id: string): string => {
    const unit = organization.units.get(id);
    if (!unit) return "";
    const parent = pathOf(unit.parentId);
    return parent === "" ? unit.name : `${parent}/${unit.name}`;
  };
  return {
    rootId,
    managementAccountId,
    units: units.map((unit) => ({ ...unit, path: pathOf(unit.id) })),
    accounts: [...organization.accounts.values()],
  };
}

/** The whole tenant that the sandbox imitates, as core sees one. */
export function simulatedDirectory({ entra }: Sandbox): DirectorySnapshot {
  return {
    users: entra.users(),
    groups: entra.groups().map(({ userIds, groupIds, ...group }) => ({
      ...group,
      memberUserIds: [...userIds],
      memberGroupIds: [...groupIds],
    })),
  };
}
