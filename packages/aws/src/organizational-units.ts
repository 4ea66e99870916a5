import {
  type OrganizationsClient,
  paginateListOrganizationalUnitsForParent,
} from "@aws-sdk/client-organizations";
import type { OrganizationalUnit } from "@landbridge/core";
import { required } from "./required.ts";

/** All units below a root or unit, a parent before its children. */
export async function readUnits(
  organizations: OrganizationsClient,
  parentId: string,
  parentPath = "",
): Promise<OrganizationalUnit[]> {
  const children: OrganizationalUnit[] = [];
  const pages = paginateListOrganizationalUnitsForParent(
    { client: organizations, pageSize: 20 },
    { ParentId: parentId },
  );
  for await (const { OrganizationalUnits = [] } of pages) {
    for (const unit of OrganizationalUnits) {
      const id = required(unit.Id, `the id of a unit in ${parentId}`);
      const name = required(unit.Name, `the name of unit ${id}`);
      children.push({ id, name, parentId, path: parentPath === "" ? name : `${parentPath}/${name}` });
    }
  }
  const below = await Promise.all(children.map(({ id, path }) => readUnits(organizations, id, path)));
  return children.flatMap((child, index) => [child, ...(below[index] ?? [])]);
}
