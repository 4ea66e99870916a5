import * as z from "zod";
import { badRequest, notFound } from "../errors.ts";
import { type JsonObject, listPage } from "../odata.ts";
import type { ClaimsMappingPolicy, EntraState } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import { type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

const CONTEXT = "policies/claimsMappingPolicies";
const ADDRESS = /^https:\/\/graph\.microsoft\.com\/v1\.0\/policies\/claimsMappingPolicies\/([^/]+)$/;

const NewPolicy = z.strictObject({
  definition: z.tuple([z.string()]),
  displayName: z.string().min(1),
  isOrganizationDefault: z
    .literal(false, { error: "the sandbox imitates policies that are assigned only" })
    .optional(),
});

/** Keys are case-sensitive ("Claims mapping policy type"). */
const Definition = z.strictObject({
  ClaimsMappingPolicy: z.strictObject({
    Version: z.literal(1),
    IncludeBasicClaimSet: z.enum(["true", "false"]),
    ClaimsSchema: z
      .array(
        z.strictObject({
          Source: z.string().optional(),
          ID: z.string().optional(),
          ExtensionID: z.string().optional(),
          Value: z.string().optional(),
          TransformationID: z.string().optional(),
          SamlClaimType: z.string().optional(),
          SamlNameForm: z.string().optional(),
          JwtClaimType: z.string().optional(),
        }),
      )
      .optional(),
    ClaimsTransformation: z.array(z.unknown()).optional(),
    ClaimsTransformations: z.array(z.unknown()).optional(),
  }),
});

export function claimsMappingPolicyOperations(state: EntraState): Operation[] {
  const { claimsMappingPolicies: policies } = state;
  const assigned = "/servicePrincipals/{id}/claimsMappingPolicies";
  const filterable = {
    id: (policy: ClaimsMappingPolicy) => policy.id,
    displayName: (policy: ClaimsMappingPolicy) => policy.displayName,
  };
  const collection = { context: CONTEXT, filterable, view };
  return [
    {
      method: "GET",
      path: "/policies/claimsMappingPolicies",
      needs: NEEDS.readPolicies,
      handle: ({ query, url }) =>
        Response.json(listPage({ items: [...policies.values()], collection, query, url })),
    },
    {
      method: "POST",
      path: "/policies/claimsMappingPolicies",
      needs: NEEDS.writePolicies,
      async handle({ body }) {
        const { definition, displayName } = await body(NewPolicy);
        checkDefinition(definition[0]);
        const policy: ClaimsMappingPolicy = { id: state.kernel.random.uuid(), displayName, definition };
        policies.set(policy.id, policy);
        return Response.json(view(policy), { status: 201 });
      },
    },
    {
      method: "DELETE",
      path: "/policies/claimsMappingPolicies/{policyId}",
      needs: NEEDS.writePolicies,
      handle({ param }) {
        const { id } = findPolicy(state, param("policyId"));
        policies.delete(id);
        for (const servicePrincipal of state.servicePrincipals.values()) unassign(servicePrincipal, id);
        return noContent();
      },
    },
    {
      method: "GET",
      path: assigned,
      needs: NEEDS.readPolicies,
      handle: ({ query, url, param }) => {
        const { claimsMappingPolicyIds } = findServicePrincipal(state, param("id"));
        const items = claimsMappingPolicyIds.flatMap((id) => policies.get(id) ?? []);
        return Response.json(listPage({ items, collection, query, url }));
      },
    },
    {
      method: "POST",
      path: `${assigned}/$ref`,
      needs: NEEDS.assignPolicies,
      async handle({ param, body }) {
        const servicePrincipal = findServicePrincipal(state, param("id"));
        const { "@odata.id": address } = await body(z.strictObject({ "@odata.id": z.string() }));
        const policyId = ADDRESS.exec(address)?.[1];
        if (policyId === undefined) throw badRequest(`'${address}' is not the address of a policy.`);
        const { id } = findPolicy(state, policyId);
        if (servicePrincipal.claimsMappingPolicyIds.includes(id)) {
          throw badRequest("The policy is assigned to the service principal already.");
        }
        servicePrincipal.claimsMappingPolicyIds = [...servicePrincipal.claimsMappingPolicyIds, id];
        return noContent();
      },
    },
    {
      method: "DELETE",
      path: `${assigned}/{policyId}/$ref`,
      needs: NEEDS.assignPolicies,
      handle({ param }) {
        const servicePrincipal = findServicePrincipal(state, param("id"));
        const id = param("policyId").toLowerCase();
        if (!servicePrincipal.claimsMappingPolicyIds.includes(id)) throw notFound(param("policyId"));
        unassign(servicePrincipal, id);
        return noContent();
      },
    },
  ];
}

function findPolicy({ claimsMappingPolicies }: EntraState, id: string): ClaimsMappingPolicy {
  const policy = claimsMappingPolicies.get(id.toLowerCase());
  if (!policy) throw notFound(id);
  return policy;
}

function unassign(holder: { claimsMappingPolicyIds: readonly string[] }, policyId: string): void {
  holder.claimsMappingPolicyIds = holder.claimsMappingPolicyIds.filter((id) => id !== policyId);
}

function checkDefinition(text: string): void {
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch {
    throw invalidDefinition("it is not JSON");
  }
  const parsed = Definition.safeParse(definition);
  if (!parsed.success) throw invalidDefinition(z.prettifyError(parsed.error));
}

function invalidDefinition(why: string) {
  return badRequest(`Property definition has an invalid value: ${why}.`);
}

function view({ id, displayName, definition }: ClaimsMappingPolicy): JsonObject {
  return { id, deletedDateTime: null, definition, displayName, isOrganizationDefault: false };
}
