import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DeletePermissionsBoundaryFromPermissionSetCommand,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  DetachManagedPolicyFromPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
  type SSOAdminClient,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePermissionSetCommand,
} from "@aws-sdk/client-sso-admin";
import type { CustomerManagedPolicy, PermissionSetSpec, PermissionsBoundary } from "@landbridge/core";
import type { PermissionSetKey } from "./permission-set-spec.ts";

/**
 * Description, session duration and relay state, always all of them: an update without one could clear it. Description and
 * relay state can be replaced but not removed: AWS accepts no empty ones.
 */
export async function changeAttributes(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
  spec: PermissionSetSpec,
): Promise<void> {
  await ssoAdmin.send(
    new UpdatePermissionSetCommand({
      ...key,
      SessionDuration: spec.sessionDuration,
      ...(spec.description !== null && { Description: spec.description }),
      ...(spec.relayState !== null && { RelayState: spec.relayState }),
    }),
  );
}

/** A policy and how it is attached to a permission set and detached. */
interface Attachment {
  readonly id: string;
  attach(): Promise<unknown>;
  detach(): Promise<unknown>;
}

/** Off first, on then: a set that is full stays within AWS's quota. Roles see neither until the set is provisioned. */
export async function changePolicies(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
  { from, to }: { readonly from: PermissionSetSpec; readonly to: PermissionSetSpec },
): Promise<void> {
  const before = attachments(ssoAdmin, key, from);
  const after = attachments(ssoAdmin, key, to);
  for (const policy of before) if (!after.some(({ id }) => id === policy.id)) await policy.detach();
  for (const policy of after) if (!before.some(({ id }) => id === policy.id)) await policy.attach();
}

function attachments(ssoAdmin: SSOAdminClient, key: PermissionSetKey, spec: PermissionSetSpec): Attachment[] {
  return [
    ...spec.awsManagedPolicies.map((ManagedPolicyArn) => {
      const input = { ...key, ManagedPolicyArn };
      return {
        id: ManagedPolicyArn,
        attach: () => ssoAdmin.send(new AttachManagedPolicyToPermissionSetCommand(input)),
        detach: () => ssoAdmin.send(new DetachManagedPolicyFromPermissionSetCommand(input)),
      };
    }),
    ...spec.customerManagedPolicies.map((policy) => {
      const input = { ...key, CustomerManagedPolicyReference: toReference(policy) };
      return {
        id: `${policy.path}${policy.name}`,
        attach: () => ssoAdmin.send(new AttachCustomerManagedPolicyReferenceToPermissionSetCommand(input)),
        detach: () => ssoAdmin.send(new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand(input)),
      };
    }),
  ];
}

export async function changeInlinePolicy(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
  policy: string | null,
): Promise<void> {
  if (policy === null) await ssoAdmin.send(new DeleteInlinePolicyFromPermissionSetCommand(key));
  else await ssoAdmin.send(new PutInlinePolicyToPermissionSetCommand({ ...key, InlinePolicy: policy }));
}

export async function changeBoundary(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
  boundary: PermissionsBoundary | null,
): Promise<void> {
  if (boundary === null) {
    await ssoAdmin.send(new DeletePermissionsBoundaryFromPermissionSetCommand(key));
    return;
  }
  const PermissionsBoundary =
    "awsManagedPolicy" in boundary
      ? { ManagedPolicyArn: boundary.awsManagedPolicy }
      : { CustomerManagedPolicyReference: toReference(boundary.customerManagedPolicy) };
  await ssoAdmin.send(new PutPermissionsBoundaryToPermissionSetCommand({ ...key, PermissionsBoundary }));
}

/** Updates the tags to `to`. A permission set does not have to be provisioned again for it. */
export async function changeTags(
  ssoAdmin: SSOAdminClient,
  { InstanceArn, PermissionSetArn }: PermissionSetKey,
  { from, to }: { readonly from: Tags; readonly to: Tags },
): Promise<void> {
  const resource = { InstanceArn, ResourceArn: PermissionSetArn };
  const TagKeys = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  const changed = Object.entries(to).filter(([key, value]) => from[key] !== value);
  const Tags = toTags(Object.fromEntries(changed));
  if (TagKeys.length > 0) await ssoAdmin.send(new UntagResourceCommand({ ...resource, TagKeys }));
  if (Tags.length > 0) await ssoAdmin.send(new TagResourceCommand({ ...resource, Tags }));
}

type Tags = Readonly<Record<string, string>>;

export function toTags(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function toReference({ name, path }: CustomerManagedPolicy) {
  return { Name: name, Path: path };
}
