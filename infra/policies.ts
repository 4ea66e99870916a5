import type { Grant, Target } from "./grants.ts";

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

export function allow(
  actions: readonly string[],
  resources: readonly string[],
  condition?: Statement["Condition"],
): Statement {
  return {
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(condition && { Condition: condition }),
  };
}

/** One statement a grant. */
export function statementOf(
  { actions, on, kinds, keys }: Grant,
  targets: Readonly<Record<Target, readonly string[]>>,
  region: string,
): Statement {
  const arns = on.flatMap((target) => targets[target]);
  const resources = keys ? arns.flatMap((arn) => keys.map((key) => `${arn}/${key}`)) : arns;
  return allow(actions, resources, conditionOf(on, kinds, region));
}

function conditionOf(on: Grant["on"], kinds: Grant["kinds"], region: string): Statement["Condition"] {
  // The key of secrets is used through Secrets Manager only.
  if (on.includes("key"))
    return { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } };
  if (kinds === undefined) return undefined;
  // LeadingKeys is the partition key. ForAllValues is true of no value at all, so that one must be there (DynamoDB developer
  // guide, "Using IAM policy conditions for fine-grained access control"; IAM user guide, "Set operators").
  return {
    "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": kinds },
    Null: { "dynamodb:LeadingKeys": "false" },
  };
}

/** Writes that give or take access. */
const ACCESS_WRITES = [
  "sso:CreateAccountAssignment",
  "sso:DeleteAccountAssignment",
  "sso:ProvisionPermissionSet",
];
/** Whatever changes what a break-glass permission set allows, or who has it. */
const REMOVALS = [
  "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
  "sso:AttachManagedPolicyToPermissionSet",
  "sso:DeletePermissionsBoundaryFromPermissionSet",
  "sso:TagResource",
  "sso:UntagResource",
  "sso:DeleteAccountAssignment",
  "sso:DeletePermissionSet",
  "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
  "sso:DetachManagedPolicyFromPermissionSet",
  "sso:DeleteInlinePolicyFromPermissionSet",
  "sso:ProvisionPermissionSet",
  "sso:PutInlinePolicyToPermissionSet",
  "sso:PutPermissionsBoundaryToPermissionSet",
  "sso:UpdatePermissionSet",
];

export interface Protection {
  /** ARN of the management account as Identity Center names it; null when the deployment may manage it. */
  readonly managementAccount: string | null;
  /** ARNs. */
  readonly breakGlassPermissionSets: readonly string[];
}

/** What no function may do, whatever its other statements and a policy file say. */
export function denials(allowed: readonly string[], protection: Protection): Statement[] {
  const writes = ACCESS_WRITES.filter((action) => allowed.includes(action));
  const removals = REMOVALS.filter((action) => allowed.includes(action));
  const { managementAccount, breakGlassPermissionSets } = protection;
  const statements: Statement[] = [];
  if (managementAccount !== null && writes.length > 0) {
    statements.push({ Effect: "Deny", Action: writes, Resource: [managementAccount] });
  }
  if (breakGlassPermissionSets.length > 0 && removals.length > 0) {
    statements.push({ Effect: "Deny", Action: removals, Resource: breakGlassPermissionSets });
  }
  return statements;
}

/** Lambda assumes the role of a function in this account; no documentation says that it names a source. */
export const TRUST_LAMBDA = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
});

/** Lets a service assume a role, but only on behalf of resources in this account (confused deputy). */
export function trustService(service: string, accountId: string, sourceArn?: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: service },
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ...(sourceArn && { ArnLike: { "aws:SourceArn": sourceArn } }),
        },
      },
    ],
  });
}
