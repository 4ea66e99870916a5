import * as z from "zod";
import { canonicalJson } from "../text/canonical-json.ts";
import { isSessionDuration } from "./session-duration.ts";

/** Quotas of IAM Identity Center: policies per permission set. */
const MAX_MANAGED_POLICIES = 25;
const MAX_INLINE_CHARACTERS = 10_240;

const policyName = z.string().regex(/^[\w+=,.@-]{1,128}$/, "expected the name of an IAM policy");
const awsManagedPolicy = z
  .string()
  .min(1)
  .refine((text) => !/^arn:[^:]*:iam::\d+:/.test(text), {
    error: "this is a customer managed policy: name it under customerManagedPolicies",
  })
  .refine(
    (text) =>
      /^(arn:aws[\w-]*:iam::aws:policy\/)?[\w+=,.@/-]+$/.test(text) || /^arn:[^:]*:iam::\d+:/.test(text),
    {
      error: "expected the name of an AWS managed policy (ReadOnlyAccess) or its ARN",
    },
  )
  .describe("Name (ReadOnlyAccess, job-function/ViewOnlyAccess) or ARN of an AWS managed policy.");

const namedPolicy = z.strictObject({
  name: policyName,
  path: z
    .string()
    .regex(/^\/([!-~]+\/)?$/, "expected a path such as / or /team/")
    .default("/"),
});
const customerManagedPolicy = z
  .union([policyName, namedPolicy])
  .describe("A policy that exists under that name and path in every target account.");

const inlinePolicy = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .superRefine((policy, context) => {
    const problem = inlineProblem(policy);
    if (problem) context.addIssue({ code: "custom", message: problem });
  })
  .describe("An IAM policy document, as a mapping or as JSON text.");

const permissionsBoundary = z
  .strictObject({
    awsManagedPolicy: awsManagedPolicy.optional(),
    customerManagedPolicy: customerManagedPolicy.optional(),
  })
  .refine(
    (boundary) =>
      (boundary.awsManagedPolicy === undefined) !== (boundary.customerManagedPolicy === undefined),
    {
      error: "expected either awsManagedPolicy or customerManagedPolicy",
    },
  )
  .describe("The permissions boundary: the most that the permission set can allow.");

/** Service reference, CreatePermissionSet: RelayState. */
const relayState = z
  .string()
  .max(240)
  .regex(/^[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]+$/, "expected the URL of a page of the AWS console")
  .describe("The console page that a session opens. Without it, the current setting is kept.");

const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const MAX_TAGS = 50;
/** Service reference, sso-admin: Tag. */
const tags = z
  .record(
    z
      .string()
      .min(1)
      .max(128)
      .regex(TAG_TEXT, "a tag has letters, digits, white space or _ . : / = + - @")
      .refine((key) => !/^aws:/i.test(key), { error: "tags that begin with aws: are reserved by AWS" }),
    z.string().max(256).regex(TAG_TEXT, "a tag has letters, digits, white space or _ . : / = + - @"),
  )
  .refine((all) => Object.keys(all).length <= MAX_TAGS, { error: `expected at most ${MAX_TAGS} tags` })
  .describe("All tags of the permission set. Without this key, its tags are not changed.");

/** Service reference, CreatePermissionSet: Description. */
const description = z
  .string()
  .max(700)
  .regex(
    /^[\t\n\r -~¡-ÿ]*$/,
    "AWS accepts only Latin letters, digits and signs here, no typographic dashes or quotes",
  )
  .describe("Shown in the IAM Identity Center console.");

/** A permission set as the access policy writes it. */
export const PermissionSetInput = z
  .strictObject({
    description: description.optional(),
    sessionDuration: z
      .string()
      .refine(isSessionDuration, { error: "expected a duration from PT1H to PT12H" })
      .default("PT1H")
      .describe("How long a session lasts: PT1H to PT12H."),
    relayState: relayState.optional(),
    awsManagedPolicies: z.array(awsManagedPolicy).default([]),
    customerManagedPolicies: z.array(customerManagedPolicy).default([]),
    inlinePolicy: inlinePolicy.optional(),
    permissionsBoundary: permissionsBoundary.optional(),
    tags: tags.optional(),
  })
  .refine(
    (set) => set.awsManagedPolicies.length + set.customerManagedPolicies.length <= MAX_MANAGED_POLICIES,
    {
      error: `expected at most ${MAX_MANAGED_POLICIES} managed policies, AWS managed and customer managed together`,
    },
  )
  .describe("What its holders may do; becomes a role in each account where somebody has it.");
export type PermissionSetInput = z.infer<typeof PermissionSetInput>;

/** The document of an inline policy, or null when the text is no JSON object. */
export function inlineDocument(policy: string | Readonly<Record<string, unknown>>): object | null {
  if (typeof policy !== "string") return policy;
  try {
    const parsed: unknown = JSON.parse(policy);
    return typeof parsed === "object" && !Array.isArray(parsed) ? parsed : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function inlineProblem(policy: string | Readonly<Record<string, unknown>>): string | null {
  const document = inlineDocument(policy);
  if (!document) return "expected a policy document: a mapping, or text with one JSON object";
  if (!("Statement" in document)) return "expected a policy document with Version and Statement";
  const length = canonicalJson(document).replaceAll(/\s/g, "").length;
  if (length <= MAX_INLINE_CHARACTERS) return null;
  return `expected at most ${MAX_INLINE_CHARACTERS} characters without white space, found ${length}`;
}
