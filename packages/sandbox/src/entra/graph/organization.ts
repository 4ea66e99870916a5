import { listPage } from "../odata.ts";
import type { EntraState, Tenant } from "../state.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

/** Ids of AAD_PREMIUM and AAD_PREMIUM_P2 (Microsoft Entra, "Product names and service plan identifiers"). */
const PLANS = {
  Free: [],
  P1: ["41781fb2-bc02-4b7c-bd55-b576c07bb09d"],
  P2: ["41781fb2-bc02-4b7c-bd55-b576c07bb09d", "eec0eb4f-6444-4f95-aba0-50c24d67f998"],
} as const satisfies Record<Tenant["licence"], readonly string[]>;

export function organizationOperations(state: EntraState): Operation[] {
  return [
    {
      method: "GET",
      path: "/organization",
      needs: NEEDS.readTenant,
      handle: ({ query, url }) => {
        const collection = { context: "organization", filterable: {}, view: organization };
        return Response.json(listPage({ items: [state.tenant], collection, query, url }));
      },
    },
  ];
}

function organization({ id, displayName, licence, verifiedDomains, createdAt }: Tenant) {
  return {
    id,
    displayName,
    createdDateTime: createdAt,
    tenantType: "AAD",
    assignedPlans: PLANS[licence].map((servicePlanId) => ({
      assignedDateTime: createdAt,
      capabilityStatus: "Enabled",
      service: "AADPremiumService",
      servicePlanId,
    })),
    verifiedDomains: verifiedDomains.map((name, index) => ({
      name,
      isInitial: index === 0,
      isDefault: index === Math.min(1, verifiedDomains.length - 1),
      capabilities: "Email, OfficeCommunicationsOnline",
      type: "Managed",
    })),
  };
}
