import { throwIssues } from "../yaml/issues.ts";
import { parseYaml } from "../yaml/parse-yaml.ts";
import { canonicalJson } from "../text/canonical-json.ts";
import { canonicalSpec } from "./canonical-spec.ts";
import { toMoment } from "./expiry.ts";
import { findPolicyIssues } from "./find-policy-issues.ts";
import type { GuardrailsInput } from "./guardrails-schema.ts";
import { type PermissionSetInput, inlineDocument } from "./permission-set-schema.ts";
import type { AccessPolicy, AccessRule, PolicyGuardrails } from "./policy.ts";
import type { SourcePosition } from "../model/source-position.ts";
import type {
  CustomerManagedPolicy,
  PermissionSetSpec,
  PermissionsBoundary,
} from "../model/permission-set-spec.ts";
import { AccessPolicyFile } from "./schema.ts";

const ROOT_POSITION = { line: 1, column: 1 };

/**
 * The access policy of a file's text. `file` is the name shown in messages.
 * @throws {FlowError} PolicyInvalid with every finding, one a line: `access.yaml:12:5 rules[2].groups[0]: …`
 */
export function parseAccessPolicy(text: string, file: string): AccessPolicy {
  const { value, positions } = parseYaml(AccessPolicyFile, text, { file, error: "PolicyInvalid" });
  const policy: AccessPolicy = {
    file,
    permissionSets: Object.fromEntries(
      Object.entries(value.permissionSets).map(([name, set]) => [name, toSpec(set)]),
    ),
    rules: value.rules.map((rule, index) =>
      toRule(rule, positions[`rules.${index}`] ?? { file, ...ROOT_POSITION }),
    ),
    conventions: value.conventions.map((convention, index) => ({
      ...convention,
      at: positions[`conventions.${index}`] ?? { file, ...ROOT_POSITION },
    })),
    guardrails: toGuardrails(value.guardrails),
    positions,
  };
  throwIssues(findPolicyIssues(policy), "PolicyInvalid");
  return policy;
}

function toGuardrails(input: GuardrailsInput | undefined): PolicyGuardrails {
  return {
    maxDeletions: input?.maxDeletions ?? null,
    maxDeletionPercent: input?.maxDeletionPercent ?? null,
    deletionsPerDay: input?.deletionsPerDay ?? null,
    approveAbove: {
      assignments: input?.approveAbove?.assignments ?? null,
      accounts: input?.approveAbove?.accounts ?? null,
    },
    paused: input?.paused ?? false,
  };
}

function toSpec(set: PermissionSetInput): PermissionSetSpec {
  const document = set.inlinePolicy === undefined ? null : inlineDocument(set.inlinePolicy);
  return canonicalSpec({
    description: set.description ?? null,
    sessionDuration: set.sessionDuration,
    relayState: set.relayState ?? null,
    awsManagedPolicies: set.awsManagedPolicies.map(toArn),
    customerManagedPolicies: set.customerManagedPolicies.map(toCustomerManagedPolicy),
    inlinePolicy: document && canonicalJson(document),
    permissionsBoundary: set.permissionsBoundary ? toBoundary(set.permissionsBoundary) : null,
    tags: set.tags ?? null,
  });
}

function toArn(policy: string): string {
  return policy.startsWith("arn:") ? policy : `arn:aws:iam::aws:policy/${policy}`;
}

function toCustomerManagedPolicy(policy: string | CustomerManagedPolicy): CustomerManagedPolicy {
  return typeof policy === "string" ? { name: policy, path: "/" } : policy;
}

function toBoundary({
  awsManagedPolicy,
  customerManagedPolicy,
}: NonNullable<PermissionSetInput["permissionsBoundary"]>): PermissionsBoundary | null {
  if (awsManagedPolicy !== undefined) return { awsManagedPolicy: toArn(awsManagedPolicy) };
  if (customerManagedPolicy === undefined) return null;
  return { customerManagedPolicy: toCustomerManagedPolicy(customerManagedPolicy) };
}

function toRule(rule: AccessPolicyFile["rules"][number], at: SourcePosition): AccessRule {
  const { except } = rule;
  return {
    name: rule.name,
    at,
    expires: rule.expires === undefined ? null : toMoment(rule.expires),
    groups: rule.groups,
    users: rule.users,
    nested: rule.nested,
    permissionSets: rule.permissionSets,
    targets: { ...rule.targets, accountTags: toTagValues(rule.targets.accountTags) },
    except: {
      groups: except?.groups ?? [],
      users: except?.users ?? [],
      permissionSets: except?.permissionSets ?? [],
      root: false,
      ou: except?.ou ?? [],
      accountTags: toTagValues(except?.accountTags ?? {}),
      accounts: except?.accounts ?? [],
    },
  };
}

function toTagValues(tags: Readonly<Record<string, string | string[]>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, typeof value === "string" ? [value] : value]),
  );
}
