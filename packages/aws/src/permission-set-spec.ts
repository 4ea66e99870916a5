import {
  type AttachedManagedPolicy,
  type CustomerManagedPolicyReference,
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  paginateListTagsForResource,
  paginateListCustomerManagedPolicyReferencesInPermissionSet,
  paginateListManagedPoliciesInPermissionSet,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import {
  canonicalSpec,
  type CustomerManagedPolicy,
  type InstancePermissionSet,
  type PermissionsBoundary,
} from "@landbridge/core";
import { required } from "./required.ts";
import { isAwsError } from "./translate-error.ts";

/**
 * How every operation on a permission set names it. A paginator of the SDK gets a copy: it writes `NextToken` and
 * `MaxResults` into its input.
 */
export interface PermissionSetKey {
  readonly InstanceArn: string;
  readonly PermissionSetArn: string;
}

/** One permission set with all that hangs on it, in the one spelling in which specs are compared. */
export async function readPermissionSet(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
  { tagsOf }: { readonly tagsOf: ReadonlySet<string> },
): Promise<InstancePermissionSet> {
  const arn = key.PermissionSetArn;
  const { PermissionSet } = await ssoAdmin.send(new DescribePermissionSetCommand(key));
  const { InlinePolicy } = await ssoAdmin.send(new GetInlinePolicyForPermissionSetCommand(key));
  const name = required(PermissionSet?.Name, `the name of permission set ${arn}`);
  return {
    arn,
    name,
    spec: canonicalSpec({
      description: PermissionSet?.Description ?? null,
      sessionDuration: required(PermissionSet?.SessionDuration, `the session duration of ${arn}`),
      relayState: PermissionSet?.RelayState ?? null,
      awsManagedPolicies: await readAwsManagedPolicies(ssoAdmin, key),
      customerManagedPolicies: await readCustomerManagedPolicies(ssoAdmin, key),
      inlinePolicy: InlinePolicy || null,
      permissionsBoundary: await readBoundary(ssoAdmin, key),
      tags: tagsOf.has(name) ? await readTags(ssoAdmin, key) : null,
    }),
  };
}

async function readAwsManagedPolicies(ssoAdmin: SSOAdminClient, key: PermissionSetKey): Promise<string[]> {
  const policies: AttachedManagedPolicy[] = [];
  const pages = paginateListManagedPoliciesInPermissionSet({ client: ssoAdmin, pageSize: 100 }, { ...key });
  for await (const { AttachedManagedPolicies = [] } of pages) policies.push(...AttachedManagedPolicies);
  return policies.map(({ Arn }) => required(Arn, `the ARN of a policy in ${key.PermissionSetArn}`));
}

async function readCustomerManagedPolicies(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
): Promise<CustomerManagedPolicy[]> {
  const policies: CustomerManagedPolicyReference[] = [];
  const pages = paginateListCustomerManagedPolicyReferencesInPermissionSet(
    { client: ssoAdmin, pageSize: 100 },
    { ...key },
  );
  for await (const { CustomerManagedPolicyReferences = [] } of pages) {
    policies.push(...CustomerManagedPolicyReferences);
  }
  return policies.map(toCustomerManagedPolicy);
}

async function readTags(ssoAdmin: SSOAdminClient, key: PermissionSetKey): Promise<Record<string, string>> {
  const tags: Record<string, string> = {};
  const pages = paginateListTagsForResource(
    { client: ssoAdmin },
    { InstanceArn: key.InstanceArn, ResourceArn: key.PermissionSetArn },
  );
  for await (const { Tags = [] } of pages) for (const { Key = "", Value = "" } of Tags) tags[Key] = Value;
  return tags;
}

async function readBoundary(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
): Promise<PermissionsBoundary | null> {
  try {
    const { PermissionsBoundary } = await ssoAdmin.send(
      new GetPermissionsBoundaryForPermissionSetCommand(key),
    );
    const { ManagedPolicyArn, CustomerManagedPolicyReference } = PermissionsBoundary ?? {};
    if (ManagedPolicyArn !== undefined) return { awsManagedPolicy: ManagedPolicyArn };
    if (CustomerManagedPolicyReference === undefined) return null;
    return { customerManagedPolicy: toCustomerManagedPolicy(CustomerManagedPolicyReference) };
  } catch (error) {
    // The answer for a set without a boundary; that the set itself exists, the other reads have shown.
    if (isAwsError(error, "ResourceNotFoundException")) return null;
    throw error;
  }
}

function toCustomerManagedPolicy({ Name, Path }: CustomerManagedPolicyReference): CustomerManagedPolicy {
  return { name: required(Name, "the name of a customer managed policy"), path: Path ?? "/" };
}
