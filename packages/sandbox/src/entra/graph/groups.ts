import { notFound } from "../errors.ts";
import { type JsonObject, listPage, singleObject } from "../odata.ts";
import type { DirectoryGroup, EntraState } from "../state.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

export function groupOperations(state: EntraState): Operation[] {
  const filterable = {
    id: (group: DirectoryGroup) => group.id,
    displayName: (group: DirectoryGroup) => group.displayName,
  };
  return [
    {
      method: "GET",
      path: "/groups",
      needs: NEEDS.readGroups,
      handle: ({ query, url }) => {
        const collection = { context: "groups", filterable, view: groupView };
        return Response.json(listPage({ items: [...state.groups.values()], collection, query, url }));
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

export function groupView(group: DirectoryGroup): JsonObject {
  return {
    id: group.id,
    displayName: group.displayName,
    description: group.description || null,
    groupTypes: group.securityEnabled ? [] : ["Unified"],
    securityEnabled: group.securityEnabled,
    mailEnabled: !group.securityEnabled,
    isAssignableToRole: null,
    onPremisesSyncEnabled: null,
  };
}
