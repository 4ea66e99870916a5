import { IdentitystoreClient, paginateListGroups, paginateListUsers } from "@aws-sdk/client-identitystore";
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  ListInstancesCommand,
  paginateListPermissionSets,
  DescribePermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
  type PermissionsBoundary,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import type { LocalHost } from "@landbridge/host/local-host";
import type { DirectoryFile } from "@landbridge/sandbox";
import { expect } from "vitest";

/** What another tool creates, in the terms of AWS's API. */
export interface MadeSet {
  readonly name: string;
  readonly description?: string;
  readonly sessionDuration?: string;
  readonly relayState?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** ARNs. */
  readonly managed?: readonly string[];
  readonly customerManaged?: readonly { readonly name: string; readonly path?: string }[];
  readonly inline?: object;
  readonly boundary?: PermissionsBoundary;
}

/** Permission set, group or user, account. */
export type MadeAssignment = readonly [
  set: string,
  who: { readonly group: string } | { readonly user: string },
  accountId: string,
];

/**
 * A policy that grants nothing and has everybody of a directory file provisioned: principals that another tool assigns must
 * be in the identity store first.
 */
export function nobodysPolicy({ users, groups }: DirectoryFile): string {
  return JSON.stringify({
    version: 1,
    permissionSets: { Nothing: {} },
    rules: [
      {
        name: "everybody is provisioned",
        users: users.map(({ userPrincipalName }) => userPrincipalName),
        groups: groups.map(({ name }) => name),
        permissionSets: ["Nothing"],
        targets: { root: true },
        expires: "2020-01-01",
      },
    ],
  });
}

/**
 * Creates permission sets and assignments in a host's account with AWS's API, like a tool that knows nothing about
 * Landbridge.
 */
export async function workWithAnotherTool(
  { client }: LocalHost,
  {
    sets,
    assignments,
  }: { readonly sets: readonly MadeSet[]; readonly assignments: readonly MadeAssignment[] },
): Promise<void> {
  const admin = new SSOAdminClient(client);
  const { Instances: [instance] = [] } = await admin.send(new ListInstancesCommand({}));
  const InstanceArn = instance?.InstanceArn;
  await forgetNothing(admin, InstanceArn);
  const arns = new Map<string, string>();
  for (const set of sets) arns.set(set.name, await makeSet(admin, InstanceArn, set));
  const ids = await principalIds(new IdentitystoreClient(client), instance?.IdentityStoreId);
  const started = assignments.map(async ([set, who, TargetId]) => {
    const [PrincipalType, name] =
      "group" in who ? (["GROUP", who.group] as const) : (["USER", who.user] as const);
    const PrincipalId = ids.get(`${PrincipalType}/${name}`);
    expect(PrincipalId, `${name} was provisioned`).toBeDefined();
    const PermissionSetArn = arns.get(set);
    const request = { InstanceArn, TargetType: "AWS_ACCOUNT", TargetId } as const;
    const { AccountAssignmentCreationStatus: status } = await admin.send(
      new CreateAccountAssignmentCommand({ ...request, PermissionSetArn, PrincipalType, PrincipalId }),
    );
    return status?.RequestId;
  });
  for (const request of started) await untilDone(admin, InstanceArn, await request);
}

async function makeSet(
  admin: SSOAdminClient,
  InstanceArn: string | undefined,
  set: MadeSet,
): Promise<string> {
  const { PermissionSet } = await admin.send(
    new CreatePermissionSetCommand({
      InstanceArn,
      Name: set.name,
      Description: set.description,
      SessionDuration: set.sessionDuration,
      RelayState: set.relayState,
      Tags: Object.entries(set.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  const to = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  for (const ManagedPolicyArn of set.managed ?? [])
    await admin.send(new AttachManagedPolicyToPermissionSetCommand({ ...to, ManagedPolicyArn }));
  for (const { name: Name, path: Path } of set.customerManaged ?? [])
    await admin.send(
      new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
        ...to,
        CustomerManagedPolicyReference: { Name, Path },
      }),
    );
  if (set.inline)
    await admin.send(
      new PutInlinePolicyToPermissionSetCommand({ ...to, InlinePolicy: JSON.stringify(set.inline, null, 4) }),
    );
  if (set.boundary)
    await admin.send(
      new PutPermissionsBoundaryToPermissionSetCommand({ ...to, PermissionsBoundary: set.boundary }),
    );
  return PermissionSet?.PermissionSetArn ?? "";
}

/** Removes the permission set of {@link nobodysPolicy}. */
async function forgetNothing(client: SSOAdminClient, InstanceArn: string | undefined): Promise<void> {
  for await (const { PermissionSets = [] } of paginateListPermissionSets({ client }, { InstanceArn })) {
    for (const PermissionSetArn of PermissionSets) {
      const { PermissionSet } = await client.send(
        new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }),
      );
      if (PermissionSet?.Name !== "Nothing") continue;
      await client.send(new DeletePermissionSetCommand({ InstanceArn, PermissionSetArn }));
    }
  }
}

/** Ids by `GROUP/name` and `USER/name`. */
async function principalIds(
  client: IdentitystoreClient,
  IdentityStoreId: string | undefined,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const { Groups = [] } of paginateListGroups({ client }, { IdentityStoreId }))
    for (const { DisplayName, GroupId = "" } of Groups) ids.set(`GROUP/${DisplayName}`, GroupId);
  for await (const { Users = [] } of paginateListUsers({ client }, { IdentityStoreId }))
    for (const { UserName, UserId = "" } of Users) ids.set(`USER/${UserName}`, UserId);
  return ids;
}

async function untilDone(
  client: SSOAdminClient,
  InstanceArn: string | undefined,
  AccountAssignmentCreationRequestId: string | undefined,
): Promise<void> {
  for (;;) {
    const { AccountAssignmentCreationStatus: status } = await client.send(
      new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId }),
    );
    if (status?.Status === "SUCCEEDED") return;
    expect(status?.Status, status?.FailureReason).toBe("IN_PROGRESS");
  }
}
