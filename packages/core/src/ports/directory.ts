import type { DirectoryGroup, DirectoryUser } from "../model/directory.ts";

export interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
  /** Whether the tenant has Entra ID P1 or P2, which group assignment needs; null if it cannot be read. */
  readonly canAssignGroups: boolean | null;
}

export interface GroupMembers {
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
}

/** Reads of the Entra tenant (Microsoft Graph). Every method @throws {FlowError} Throttled, ConsentMissing, IncompleteRead. */
export interface Directory {
  readTenant(): Promise<Tenant>;
  /** Application permissions (`roles`) in the access token that this client signs in with. */
  grantedPermissions(): Promise<readonly string[]>;
  /** All groups of exactly that display name; members are empty until {@link readMembers}. */
  findGroupsByName(displayName: string): Promise<DirectoryGroup[]>;
  /** Groups whose display name starts with this, ignoring case; at most `atMost` of them. Without members. */
  findGroupsByBeginning(beginning: string, atMost: number): Promise<DirectoryGroup[]>;
  findGroupById(id: string): Promise<DirectoryGroup | null>;
  /** Finds a user by user principal name or object id. */
  findUser(principal: string): Promise<DirectoryUser | null>;
  /** Direct members: users and nested groups. */
  readMembers(groupId: string): Promise<GroupMembers>;
}
