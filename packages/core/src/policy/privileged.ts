import type { PermissionSetSpec } from "../model/permission-set-spec.ts";

/** With these one can give oneself more. */
const PRIVILEGED_POLICIES = [
  "AdministratorAccess",
  "PowerUserAccess",
  "IAMFullAccess",
  "AWSOrganizationsFullAccess",
  "AWSSSOMasterAccountAdministrator",
  "AWSSSOMemberAccountAdministrator",
  "AWSSSODirectoryAdministrator",
];
const PRIVILEGED_ACTIONS = /^(\*|\*:\*|(iam|sts|organizations|sso):\*)$/i;

/**
 * Why a permission set is privileged, or null: one of the policies above; an inline statement that allows everything, all
 * of IAM, STS, Organizations or Identity Center, or all but something; or a customer managed policy, whose contents this
 * file does not show. A permissions boundary does not change that.
 */
export function whyPrivileged(spec: PermissionSetSpec): string | null {
  const names = spec.awsManagedPolicies.map((arn) => arn.split("/").at(-1) ?? arn);
  const policy = names.find((name) => PRIVILEGED_POLICIES.includes(name));
  if (policy !== undefined) return policy;
  const [custom] = spec.customerManagedPolicies;
  if (custom !== undefined) return `${custom.name}, whose contents are not known here`;
  return spec.inlinePolicy === null ? null : whyInline(JSON.parse(spec.inlinePolicy));
}

function whyInline(document: unknown): string | null {
  for (const statement of listOf(fieldOf(document, "Statement"))) {
    if (fieldOf(statement, "Effect") !== "Allow") continue;
    if (fieldOf(statement, "NotAction") !== undefined) return "its inline policy allows all but some actions";
    const actions = listOf(fieldOf(statement, "Action")).filter((action) => typeof action === "string");
    const privileged = actions.find((action) => PRIVILEGED_ACTIONS.test(action));
    if (privileged !== undefined) return `its inline policy allows ${privileged}`;
  }
  return null;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
