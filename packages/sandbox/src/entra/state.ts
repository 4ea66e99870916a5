import type { Kernel } from "../kernel/kernel.ts";
import type { Certificate } from "./certificate.ts";

export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly licence: "Free" | "P1" | "P2";
  /** Lower case; the first is the initial `*.onmicrosoft.com` one. */
  readonly verifiedDomains: readonly string[];
  /** ISO time. */
  readonly createdAt: string;
}

export interface DirectoryUser {
  readonly id: string;
  userPrincipalName: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  accountEnabled: boolean;
  userType: "Member" | "Guest";
}

export interface DirectoryGroup {
  readonly id: string;
  displayName: string;
  description: string;
  securityEnabled: boolean;
  /** `Unified` is a Microsoft 365 group. */
  groupTypes: readonly ("Unified" | "DynamicMembership")[];
  /** Rule of a dynamic group; the sandbox shows it and does not change the members. */
  membershipRule: string | null;
  isAssignableToRole: boolean;
  onPremisesSyncEnabled: boolean;
  /** Direct members. */
  readonly userIds: Set<string>;
  readonly groupIds: Set<string>;
}

/** A user or group that was deleted and can still be restored. */
export interface DeletedItem {
  readonly object: DirectoryUser | DirectoryGroup;
  readonly type: "user" | "group";
  /** ISO time; permanently gone 30 days later. */
  readonly deletedAt: string;
  /** Groups that it was a direct member of. */
  readonly memberOf: readonly string[];
}

/** Trust in the tokens of another issuer, in place of a secret. */
export interface FederatedIdentityCredential {
  readonly id: string;
  readonly name: string;
  issuer: string;
  subject: string;
  audiences: readonly string[];
  description: string | null;
  /** Milliseconds since the epoch: until then sign-in does not find it (AADSTS70021). */
  effectiveAt: number;
}

/** A client secret, as far as Graph shows it. */
export interface PasswordCredential {
  readonly keyId: string;
  readonly displayName: string;
  /** Its first three characters. */
  readonly hint: string;
  /** ISO times. */
  readonly startDateTime: string;
  readonly endDateTime: string;
}

export interface ClaimsMappingPolicy {
  readonly id: string;
  readonly displayName: string;
  /** JSON texts. */
  readonly definition: readonly string[];
}

export interface AppRole {
  readonly id: string;
  readonly displayName: string;
  readonly isEnabled: boolean;
}

export interface Application {
  readonly id: string;
  readonly appId: string;
  /** Null for an app registration that was not created from a template. */
  readonly templateId: string | null;
  readonly createdAt: string;
  /** Milliseconds since the epoch: earlier reads answer 404, as directory replicas do. */
  readonly visibleAt: number;
  displayName: string;
  identifierUris: readonly string[];
  redirectUris: readonly string[];
  notes: string | null;
  tags: readonly string[];
  federatedIdentityCredentials: readonly FederatedIdentityCredential[];
  readonly passwordCredentials: readonly PasswordCredential[];
}

export interface SigningCertificate {
  readonly displayName: string;
  readonly certificate: Certificate;
  /** Ids of the private key (usage Sign) and of the public one (usage Verify). */
  readonly signKeyId: string;
  readonly verifyKeyId: string;
}

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly appRoles: readonly AppRole[];
  readonly visibleAt: number;
  displayName: string;
  accountEnabled: boolean;
  appRoleAssignmentRequired: boolean;
  preferredSingleSignOnMode: string | null;
  /** Milliseconds since the epoch: from then on the application's settings go by the mode. */
  modeEffectiveAt: number;
  preferredTokenSigningKeyThumbprint: string | null;
  notificationEmailAddresses: readonly string[];
  loginUrl: string | null;
  notes: string | null;
  tags: readonly string[];
  certificates: readonly SigningCertificate[];
  /** Ids of the policies assigned to it. */
  claimsMappingPolicyIds: readonly string[];
  /** Synchronization secrets by key, as last saved. */
  secrets: ReadonlyMap<string, string>;
}

export interface AppRoleAssignment {
  readonly id: string;
  readonly appRoleId: string;
  readonly createdAt: string;
  readonly principalId: string;
  readonly principalType: "User" | "Group";
  readonly servicePrincipalId: string;
}

/** Everything the simulated tenant holds, apart from its provisioning jobs. Maps are keyed by object id. */
export interface EntraState {
  readonly kernel: Kernel;
  readonly tenant: Tenant;
  readonly users: Map<string, DirectoryUser>;
  readonly groups: Map<string, DirectoryGroup>;
  /** Soft-deleted users and groups. */
  readonly deletedItems: Map<string, DeletedItem>;
  readonly applications: Map<string, Application>;
  readonly servicePrincipals: Map<string, ServicePrincipal>;
  readonly assignments: Map<string, AppRoleAssignment>;
  readonly claimsMappingPolicies: Map<string, ClaimsMappingPolicy>;
}

/** The kernel's time as ISO. */
export function isoNow({ kernel }: Pick<EntraState, "kernel">): string {
  return new Date(kernel.clock.now()).toISOString();
}

/** Whether replicas already show the object. */
export function isVisible({ kernel }: EntraState, object: { readonly visibleAt: number }): boolean {
  return object.visibleAt <= kernel.clock.now();
}

export function servicePrincipalOf(state: EntraState, appId: string): ServicePrincipal | undefined {
  return [...state.servicePrincipals.values()].find((candidate) => candidate.appId === appId);
}

export function applicationOf(state: EntraState, appId: string): Application | undefined {
  return [...state.applications.values()].find((candidate) => candidate.appId === appId);
}
