import { policyPathAndName } from "../policy/canonical-spec.ts";
import type { PermissionSetSpec, PermissionsBoundary } from "../model/permission-set-spec.ts";

/**
 * Describes the differences between two canonical specs: `sessionDuration PT1H -> PT4H`, `+ awsManagedPolicy …`.
 * Without a `before` it lists what a new permission set will have.
 */
export function describeChanges(before: PermissionSetSpec | null, after: PermissionSetSpec): string[] {
  const changed = (name: string, from: string | null, to: string | null): string[] => {
    if (from === to) return [];
    return [before ? `${name} ${from ?? "none"} -> ${to ?? "none"}` : `${name} ${to ?? "none"}`];
  };
  return [
    ...changed("description", quoted(before?.description), quoted(after.description)),
    ...changed("sessionDuration", before?.sessionDuration ?? null, after.sessionDuration),
    ...changed("relayState", before?.relayState ?? null, after.relayState),
    ...listed("awsManagedPolicy", before?.awsManagedPolicies ?? [], after.awsManagedPolicies),
    ...listed(
      "customerManagedPolicy",
      (before?.customerManagedPolicies ?? []).map(policyPathAndName),
      after.customerManagedPolicies.map(policyPathAndName),
    ),
    ...inlinePolicy(before?.inlinePolicy ?? null, after.inlinePolicy),
    ...changed(
      "permissionsBoundary",
      boundary(before?.permissionsBoundary),
      boundary(after.permissionsBoundary),
    ),
    ...(after.tags ? listed("tag", tagTexts(before?.tags), tagTexts(after.tags)) : []),
  ];
}

function listed(name: string, before: readonly string[], after: readonly string[]): string[] {
  const removed = before.filter((policy) => !after.includes(policy)).map((policy) => `- ${name} ${policy}`);
  const added = after.filter((policy) => !before.includes(policy)).map((policy) => `+ ${name} ${policy}`);
  return [...removed, ...added];
}

/** Too long to be shown; the lengths distinguish an edit from a replacement. */
function inlinePolicy(before: string | null, after: string | null): string[] {
  if (before === after) return [];
  if (before === null) return [`+ inlinePolicy (${after?.length} characters)`];
  if (after === null) return [`- inlinePolicy (${before.length} characters)`];
  return [`inlinePolicy changed (${before.length} -> ${after.length} characters)`];
}

function tagTexts(tags: PermissionSetSpec["tags"] | undefined): string[] {
  return Object.entries(tags ?? {}).map(([key, value]) => `${key}=${value}`);
}

function quoted(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : JSON.stringify(text);
}

function boundary(value: PermissionsBoundary | null | undefined): string | null {
  if (!value) return null;
  return "awsManagedPolicy" in value
    ? value.awsManagedPolicy
    : policyPathAndName(value.customerManagedPolicy);
}
