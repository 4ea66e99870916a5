import type { z } from "zod";
import type { InstancePermissionSet } from "../model/instance.ts";
import { canonicalSpec } from "../policy/canonical-spec.ts";
import { inlineDocument } from "../policy/permission-set-schema.ts";
import type {
  CustomerManagedPolicy,
  PermissionSetSpec,
  PermissionsBoundary,
} from "../model/permission-set-spec.ts";
import { AccessPolicyFile } from "../policy/schema.ts";

export type PermissionSetText = z.input<typeof AccessPolicyFile>["permissionSets"][string];

const AWS_MANAGED = "arn:aws:iam::aws:policy/";

/** A permission set as `access.yaml` writes it, without default values; or the reason why it cannot. */
export function writePermissionSet({
  name,
  spec,
}: Pick<InstancePermissionSet, "name" | "spec">):
  | { readonly text: PermissionSetText }
  | { readonly problem: string } {
  const text = toText(canonicalSpec(spec));
  const checked = AccessPolicyFile.safeParse({ version: 1, permissionSets: { [name]: text }, rules: [] });
  if (checked.success) return { text };
  return { problem: [...new Set(checked.error.issues.map(({ message }) => message))].join("; ") };
}

function toText(spec: PermissionSetSpec): PermissionSetText {
  const { description, relayState, awsManagedPolicies, customerManagedPolicies, inlinePolicy } = spec;
  const { permissionsBoundary, tags } = spec;
  return {
    ...(description !== null && { description }),
    sessionDuration: spec.sessionDuration,
    ...(relayState !== null && { relayState }),
    ...(awsManagedPolicies.length > 0 && { awsManagedPolicies: awsManagedPolicies.map(shortName) }),
    ...(customerManagedPolicies.length > 0 && {
      customerManagedPolicies: customerManagedPolicies.map(writePolicy),
    }),
    ...(inlinePolicy !== null && { inlinePolicy: toDocument(inlinePolicy) }),
    ...(permissionsBoundary && { permissionsBoundary: writeBoundary(permissionsBoundary) }),
    // Without tags the policy does not manage them, and a plan reads none.
    ...(tags && Object.keys(tags).length > 0 && { tags: { ...tags } }),
  };
}

function shortName(arn: string): string {
  return arn.startsWith(AWS_MANAGED) ? arn.slice(AWS_MANAGED.length) : arn;
}

function writePolicy({ name, path }: CustomerManagedPolicy): string | { name: string; path: string } {
  return path === "/" ? name : { name, path };
}

function writeBoundary(boundary: PermissionsBoundary): PermissionSetText["permissionsBoundary"] {
  if ("awsManagedPolicy" in boundary) return { awsManagedPolicy: shortName(boundary.awsManagedPolicy) };
  return { customerManagedPolicy: writePolicy(boundary.customerManagedPolicy) };
}

/** Text that is not a document stays text, so that the schema check reports it. */
function toDocument(policy: string): string | Record<string, unknown> {
  const document = inlineDocument(policy);
  return document === null ? policy : Object.fromEntries(Object.entries(document));
}
