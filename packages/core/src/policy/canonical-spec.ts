import { canonicalJson, compareText } from "../text/canonical-json.ts";
import type { CustomerManagedPolicy, PermissionSetSpec } from "../model/permission-set-spec.ts";
import { canonicalDuration } from "./session-duration.ts";

/** The canonical form of a permission set: two with the same meaning compare as equal texts. */
export function canonicalSpec(spec: PermissionSetSpec): PermissionSetSpec {
  return {
    description: spec.description || null,
    sessionDuration: canonicalDuration(spec.sessionDuration),
    relayState: spec.relayState || null,
    awsManagedPolicies: [...new Set(spec.awsManagedPolicies)].toSorted(compareText),
    customerManagedPolicies: uniquePolicies(spec.customerManagedPolicies),
    inlinePolicy: spec.inlinePolicy === null ? null : canonicalPolicy(spec.inlinePolicy),
    permissionsBoundary: spec.permissionsBoundary,
    tags: spec.tags && sortedTags(spec.tags),
  };
}

/** Path and name in one text: `/team/Deploy`. */
export function policyPathAndName({ path, name }: CustomerManagedPolicy): string {
  return `${path}${name}`;
}

/** Without AWS's own tags (`aws:…`), which nobody can change. */
function sortedTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(tags).filter(([key]) => !key.startsWith("aws:"));
  return Object.fromEntries(own.toSorted(([a], [b]) => compareText(a, b)));
}

function uniquePolicies(policies: readonly CustomerManagedPolicy[]): CustomerManagedPolicy[] {
  const byName = new Map(policies.map((policy) => [policyPathAndName(policy), policy]));
  return [...byName.values()].toSorted((a, b) => compareText(a.path, b.path) || compareText(a.name, b.name));
}

/** A text that is not JSON is kept: it then differs from everything, so that the difference shows. */
function canonicalPolicy(policy: string): string {
  try {
    return canonicalJson(JSON.parse(policy));
  } catch (error) {
    if (error instanceof SyntaxError) return policy;
    throw error;
  }
}
