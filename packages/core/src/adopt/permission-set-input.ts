import { canonicalSpec } from "../policy/canonical-spec.ts";
import { inlineDocument, PermissionSetInput } from "../policy/permission-set-schema.ts";
import type { CustomerManagedPolicy, PermissionSetSpec } from "../policy/policy.ts";
import { PermissionSetName } from "../policy/permission-set-name.ts";

type Input = typeof PermissionSetInput extends { readonly _zod: { readonly input: infer I } } ? I : never;

/** A permission set as the policy writes it, or in words why it cannot. */
export type Written = { readonly input: Input } | { readonly problem: string };

const AWS_MANAGED = "arn:aws:iam::aws:policy/";
