import { notFound } from "../errors.ts";
import { type Collection, type JsonObject, listPage, singleObject } from "../odata.ts";
import type { DirectoryGroup, EntraState } from "../state.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

/** The properties of a read, with or without `$select`. */
export const GROUP_PROPERTIES = [
  "id",
  "displayName",
  "description",
  "groupTypes",
  "securityEnabled",
  "mailEnabled",
  "membershipRule",
  "membershipRuleProcessingState",
  "isAssignableToRole",
  "onPremisesSyncEnabled",
];

const GROUPS: Collection<DirectoryGroup> = {
  context: "groups",
  filterable: {
    id: ({ id }) => id,
    displayName: ({ displayName }) => displayName,
    groupTypes: ({ groupTypes }) => groupTypes,
    securityEnabled: ({ securityEnabled }) => securityEnabled,
    mailEnabled: (group) => isMailEnabled(group),
    isAssignableToRole: ({ isAssignableToRole }) => isAssignableToRole,
    onPremisesSyncEnabled: ({ onPremisesSyncEnabled }) => onPremisesSyncEnabled || null,
  },
  searchable: ["displayName", "description"],
  sortable: ["displayName"],
  view: groupView,
};

export function groupOperations(state: EntraState): Operation[] {
  return [
    {
      method: "GET",
      path: "/groups",
      needs: NEEDS.readGroups,
      handle: ({ query, url }) => {
        const items = [...state.groups.values()];
        return Response.json(listPage({ items, collection: GROUPS, query, url }));
      },
    },
    {
      method: "GET",
      path: "/groups/{id}",
      needs: NEEDS.readGroups,
      handle: ({ query, param }) => {
        const group = findGroup(state, param("id"));
        return Response.json(singleObject(groupView(group), query, { context: "groups" }));
      },
    },
  ];
}

export function findGroup({ groups }: EntraState, id: string): DirectoryGroup {
  const group = groups.get(id.toLowerCase());
  if (!group) throw notFound(id);
  return group;
}

/** The sandbox has no mail-enabled security groups. */
function isMailEnabled({ groupTypes, securityEnabled }: DirectoryGroup): boolean {
  return groupTypes.includes("Unified") || !securityEnabled;
}

export function groupView(group: DirectoryGroup): JsonObject {
  return {
    id: group.id,
    displayName: group.displayName,
    description: group.description || null,
    groupTypes: group.groupTypes,
    securityEnabled: group.securityEnabled,
    mailEnabled: isMailEnabled(group),
    membershipRule: group.membershipRule,
    membershipRuleProcessingState: group.membershipRule === null ? null : "On",
    // Null rather than false, as for every group that never had them ("group resource type").
    isAssignableToRole: group.isAssignableToRole || null,
    onPremisesSyncEnabled: group.onPremisesSyncEnabled || null,
  };
}
