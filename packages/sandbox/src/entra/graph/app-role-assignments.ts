import * as z from "zod";
import { badRequest, notFound } from "../errors.ts";
import { type JsonObject, listPage } from "../odata.ts";
import { type AppRoleAssignment, type EntraState, type ServicePrincipal, isoNow } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import { type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

/** The role of an application that declares none ("appRoleAssignment resource type"). */
const NO_ROLE = "00000000-0000-0000-0000-000000000000";

const NewAssignment = z.strictObject({
  principalId: z.guid(),
  resourceId: z.guid(),
  appRoleId: z.guid(),
});
type NewAssignment = z.infer<typeof NewAssignment>;

export function appRoleAssignmentOperations(state: EntraState): Operation[] {
  const path = "/servicePrincipals/{id}/appRoleAssignedTo";
  return [
    {
      method: "GET",
      path,
      needs: NEEDS.readAssignments,
      handle: ({ query, url, param }) => {
        const items = assignmentsTo(state, findServicePrincipal(state, param("id")));
        const view = (one: AppRoleAssignment) => assignmentView(state, one);
        const collection = { context: "appRoleAssignments", filterable: {}, view };
        return Response.json(listPage({ items, collection, query, url }));
      },
    },
    {
      method: "POST",
      path,
      needs: NEEDS.writeAssignments,
      async handle({ param, body }) {
        const servicePrincipal = findServicePrincipal(state, param("id"));
        const assignment = assign(state, servicePrincipal, await body(NewAssignment));
        return Response.json(assignmentView(state, assignment), { status: 201 });
      },
    },
    {
      method: "DELETE",
      path: `${path}/{assignmentId}`,
      needs: NEEDS.deleteAssignments,
      handle({ param }) {
        const { id: servicePrincipalId } = findServicePrincipal(state, param("id"));
        const assignment = state.assignments.get(param("assignmentId"));
        if (assignment?.servicePrincipalId !== servicePrincipalId) throw notFound(param("assignmentId"));
        state.assignments.delete(assignment.id);
        return noContent();
      },
    },
  ];
}

function assign(
  state: EntraState,
  servicePrincipal: ServicePrincipal,
  wanted: NewAssignment,
): AppRoleAssignment {
  const principalId = wanted.principalId.toLowerCase();
  if (wanted.resourceId.toLowerCase() !== servicePrincipal.id) {
    throw badRequest("resourceId must be the id of the service principal in the path.");
  }
  const isGroup = state.groups.has(principalId);
  if (!isGroup && !state.users.has(principalId)) throw notFound(wanted.principalId);
  if (isGroup && state.tenant.licence === "Free") {
    // The refusal's wording is not documented; that a licence is needed is ("Assign users and groups").
    throw badRequest("Assigning a group to an application needs a Microsoft Entra ID P1 or P2 license.");
  }
  const appRoleId = wanted.appRoleId.toLowerCase();
  if (!isOffered(servicePrincipal, appRoleId)) {
    throw badRequest("Permission being assigned was not found on application.");
  }
  const twin = assignmentsTo(state, servicePrincipal).find(
    (one) => one.principalId === principalId && one.appRoleId === appRoleId,
  );
  if (twin) throw badRequest("Permission being assigned already exists on the object");
  const assignment: AppRoleAssignment = {
    id: Buffer.from(state.kernel.random.hex(64), "hex").toString("base64url"),
    appRoleId,
    createdAt: isoNow(state),
    principalId,
    principalType: isGroup ? "Group" : "User",
    servicePrincipalId: servicePrincipal.id,
  };
  state.assignments.set(assignment.id, assignment);
  return assignment;
}

function isOffered({ appRoles }: ServicePrincipal, appRoleId: string): boolean {
  if (appRoles.length === 0) return appRoleId === NO_ROLE;
  return appRoles.some(({ id, isEnabled }) => id === appRoleId && isEnabled);
}

function assignmentsTo({ assignments }: EntraState, { id }: ServicePrincipal): AppRoleAssignment[] {
  return [...assignments.values()].filter(({ servicePrincipalId }) => servicePrincipalId === id);
}

function assignmentView(state: EntraState, assignment: AppRoleAssignment): JsonObject {
  const { principalId, servicePrincipalId } = assignment;
  const principal = state.users.get(principalId) ?? state.groups.get(principalId);
  return {
    id: assignment.id,
    deletedDateTime: null,
    appRoleId: assignment.appRoleId,
    createdDateTime: assignment.createdAt,
    principalDisplayName: principal?.displayName ?? null,
    principalId,
    principalType: assignment.principalType,
    resourceDisplayName: state.servicePrincipals.get(servicePrincipalId)?.displayName ?? null,
    resourceId: servicePrincipalId,
  };
}
