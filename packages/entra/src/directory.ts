import {
  type Directory,
  type DirectoryGroup,
  type DirectoryUser,
  FlowError,
  type GroupMembers,
  type Tenant,
} from "@landbridge/core";
import { readClaims } from "./access-token.ts";
import type { GraphObject } from "./answer.ts";
import type { Credential } from "./credentials.ts";
import { type Graph, equals, startsWith } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

const { readGroups, readTenant, readUsers } = GRAPH_PERMISSIONS;
const GROUP_FIELDS = "id,displayName,securityEnabled";
const USER_FIELDS = "id,userPrincipalName,displayName,givenName,surname,accountEnabled";
/** Graph's largest page of groups and of members. */
const PAGE_SIZE = "999";
/** Service plans AAD_PREMIUM and AAD_PREMIUM_P2 (Microsoft: product names and service plan identifiers). */
const PREMIUM_PLANS = ["41781fb2-bc02-4b7c-bd55-b576c07bb09d", "eec0eb4f-6444-4f95-aba0-50c24d67f998"];

export function makeDirectory(graph: Graph, credential: Credential): Directory {
  return {
    readTenant: () => readTenantOf(graph),
    grantedPermissions: () => readGrantedPermissions(credential),
    findGroupsByName: (displayName) => findGroupsByName(graph, displayName),
    findGroupsByBeginning: (beginning, atMost) => findGroupsByBeginning(graph, beginning, atMost),
    findUser: (principal) => findUser(graph, principal),
    readMembers: (groupId) => readMembers(graph, groupId),
    async findGroupById(id) {
      const found = await graph.find({
        operation: "Get group",
        permission: readGroups,
        path: `/groups/${encodeURIComponent(id)}`,
        query: { $select: GROUP_FIELDS },
      });
      return found && toGroup(found);
    },
  };
}

async function readTenantOf(graph: Graph): Promise<Tenant> {
  const answer = await graph.get({
    operation: "List organization",
    permission: readTenant,
    path: "/organization",
    query: { $select: "id,displayName,assignedPlans" },
  });
  const [tenant] = answer.list("value");
  if (!tenant) throw new FlowError("IncompleteRead", 'The answer to "List organization" contains no tenant');
  return {
    tenantId: tenant.text("id"),
    displayName: tenant.text("displayName"),
    canAssignGroups: canAssignGroups(tenant),
  };
}

function canAssignGroups(tenant: GraphObject): boolean | null {
  if (!Array.isArray(tenant.raw("assignedPlans"))) return null;
  return tenant
    .list("assignedPlans")
    .some(
      (plan) =>
        PREMIUM_PLANS.includes(plan.optionalText("servicePlanId") ?? "") &&
        plan.optionalText("capabilityStatus") === "Enabled",
    );
}

async function readGrantedPermissions(credential: Credential): Promise<readonly string[]> {
  // An app registration without any application permission gets a token without `roles`.
  const roles = readClaims(await credential.getToken())["roles"] ?? [];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [];
}

async function findGroupsByName(graph: Graph, displayName: string): Promise<DirectoryGroup[]> {
  const items = graph.list({
    operation: "List groups",
    permission: readGroups,
    path: "/groups",
    query: { $filter: equals("displayName", displayName), $select: GROUP_FIELDS, $top: PAGE_SIZE },
  });
  const groups: DirectoryGroup[] = [];
  for await (const item of items) groups.push(toGroup(item));
  // Graph's `eq` ignores case; a name that grants access may not.
  return groups.filter((group) => group.displayName === displayName);
}

async function findGroupsByBeginning(
  graph: Graph,
  beginning: string,
  atMost: number,
): Promise<DirectoryGroup[]> {
  const items = graph.list({
    operation: "List groups",
    permission: readGroups,
    path: "/groups",
    query: { $filter: startsWith("displayName", beginning), $select: GROUP_FIELDS, $top: PAGE_SIZE },
  });
  const groups: DirectoryGroup[] = [];
  for await (const item of items) {
    if (groups.length === atMost) break;
    groups.push(toGroup(item));
  }
  return groups;
}

async function findUser(graph: Graph, principal: string): Promise<DirectoryUser | null> {
  const found = await graph.find({
    operation: "Get user",
    permission: readUsers,
    path: `/users/${encodeURIComponent(principal)}`,
    query: { $select: USER_FIELDS },
  });
  return found && toUser(found);
}

async function readMembers(graph: Graph, groupId: string): Promise<GroupMembers> {
  const items = graph.list({
    operation: "List group members",
    permission: readGroups,
    path: `/groups/${encodeURIComponent(groupId)}/members`,
    query: { $select: `${USER_FIELDS},securityEnabled`, $top: PAGE_SIZE },
    whenNotFound: "IncompleteRead",
  });
  const users: DirectoryUser[] = [];
  const groups: DirectoryGroup[] = [];
  for await (const item of items) {
    // Devices, service principals and contacts are members too and mean nothing to AWS.
    const type = item.text("@odata.type");
    if (type === "#microsoft.graph.user") users.push(toUser(item));
    if (type === "#microsoft.graph.group") groups.push(toGroup(item));
  }
  return { users, groups };
}

/** Members whose type the token may not read arrive without their properties: that is an incomplete read. */
function toUser(item: GraphObject): DirectoryUser {
  return {
    id: item.text("id"),
    userPrincipalName: item.text("userPrincipalName"),
    displayName: item.text("displayName"),
    givenName: item.optionalText("givenName"),
    surname: item.optionalText("surname"),
    accountEnabled: item.flag("accountEnabled"),
  };
}

function toGroup(item: GraphObject): DirectoryGroup {
  return {
    id: item.text("id"),
    displayName: item.text("displayName"),
    securityEnabled: item.flag("securityEnabled"),
    memberUserIds: [],
    memberGroupIds: [],
  };
}
