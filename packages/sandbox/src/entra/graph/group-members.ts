import { unsupportedQuery } from "../errors.ts";
import { type JsonObject, listPage } from "../odata.ts";
import type { DirectoryGroup, DirectoryUser, EntraState } from "../state.ts";
import { GROUP_PROPERTIES, findGroup, groupView } from "./groups.ts";
import type { GraphCall, Operation } from "./operation.ts";
import { NEEDS, areMet } from "./permissions.ts";
import { DEFAULT_USER_PROPERTIES, USER_PROPERTIES, userView } from "./users.ts";

interface Members {
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
}

export function groupMemberOperations(state: EntraState): Operation[] {
  const read = { method: "GET", needs: NEEDS.readGroups } as const;
  const transitive = ({ param }: GraphCall) => transitiveMembers(state, findGroup(state, param("id")));
  return [
    {
      ...read,
      path: "/groups/{id}/members",
      handle: (call) => membersPage(call, directMembers(state, findGroup(state, call.param("id")))),
    },
    {
      ...read,
      path: "/groups/{id}/transitiveMembers",
      handle: (call) => membersPage(call, transitive(call)),
    },
    {
      ...read,
      path: "/groups/{id}/transitiveMembers/microsoft.graph.user",
      handle(call) {
        needAdvancedQuery(call, call.query.count);
        return membersPage(call, { ...transitive(call), groups: [] });
      },
    },
    {
      ...read,
      path: "/groups/{id}/transitiveMembers/microsoft.graph.group",
      handle(call) {
        needAdvancedQuery(call, call.query.count);
        return membersPage(call, { ...transitive(call), users: [] });
      },
    },
    {
      ...read,
      path: "/groups/{id}/transitiveMembers/$count",
      handle(call) {
        needAdvancedQuery(call, true);
        const { users, groups } = transitive(call);
        return new Response(String(users.length + groups.length), {
          headers: { "Content-Type": "text/plain" },
        });
      },
    },
  ];
}

/** Casts and counts need the header, casts also `$count=true` ("Advanced query capabilities on directory objects"). */
function needAdvancedQuery({ query }: GraphCall, counts: boolean): void {
  if (query.eventual && counts) return;
  throw unsupportedQuery("This query needs $count=true and the header ConsistencyLevel: eventual.");
}

function directMembers(state: EntraState, group: DirectoryGroup): Members {
  return {
    users: [...group.userIds].flatMap((id) => state.users.get(id) ?? []),
    groups: [...group.groupIds].flatMap((id) => state.groups.get(id) ?? []),
  };
}

/** Flat and without repetition; a group that contains itself is not its own member. */
function transitiveMembers(state: EntraState, root: DirectoryGroup): Members {
  const users = new Set<DirectoryUser>();
  const groups = new Set<DirectoryGroup>();
  const pending = [root];
  for (let group = pending.pop(); group; group = pending.pop()) {
    const direct = directMembers(state, group);
    for (const user of direct.users) users.add(user);
    for (const nested of direct.groups) {
      if (nested === root || groups.has(nested)) continue;
      groups.add(nested);
      pending.push(nested);
    }
  }
  return { users: [...users], groups: [...groups] };
}

const COLLECTION = {
  context: "directoryObjects",
  filterable: {
    id: ({ id }: JsonObject) => String(id),
    displayName: ({ displayName }: JsonObject) => (typeof displayName === "string" ? displayName : null),
  },
  searchable: ["displayName"],
  sortable: ["displayName"],
  defaults: [...DEFAULT_USER_PROPERTIES, ...GROUP_PROPERTIES],
  // Members of either type are selected from together.
  selectable: [...USER_PROPERTIES, ...GROUP_PROPERTIES],
  view: (member: JsonObject) => member,
};

function membersPage(call: GraphCall, { users, groups }: Members): Response {
  const { query, url } = call;
  const items = [
    ...users.map((user) => userMember(user, call)),
    ...groups.map((group) => ({ "@odata.type": "#microsoft.graph.group", ...groupView(group) })),
  ];
  return Response.json(listPage({ items, collection: COLLECTION, query, url }));
}

/** Without a permission to read users, only their type and id are returned ("Limited information returned"). */
function userMember(user: DirectoryUser, { roles }: GraphCall): JsonObject {
  const type = { "@odata.type": "#microsoft.graph.user" };
  const view = userView(user);
  if (areMet(NEEDS.readUsers, roles)) return { ...type, ...view };
  const hidden = Object.keys(view).map((name) => [name, name === "businessPhones" ? [] : null]);
  return { ...type, ...Object.fromEntries(hidden), id: user.id };
}
