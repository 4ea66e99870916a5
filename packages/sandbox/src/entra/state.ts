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
}

export interface DirectoryGroup {
  readonly id: string;
  displayName: string;
  description: string;
  securityEnabled: boolean;
  /** Direct members. */
  readonly userIds: Set<string>;
  readonly groupIds: Set<string>;
}

export interface AppRole {
  readonly id: string;
  readonly displayName: string;
  readonly isEnabled: boolean;
}

export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly templateId: string;
  readonly createdAt: string;
  /** Milliseconds since the epoch: earlier reads answer 404, as directory replicas do. */
  readonly visibleAt: number;
  displayName: string;
  identifierUris: readonly string[];
  redirectUris: readonly string[];
  notes: string | null;
  tags: readonly string[];
}

export interface SigningCertificate {
  readonly displayName: string;
  readonly certificate: Certificate;
  /** Of the private key (usage Sign) and of the public one (usage Verify). */
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
  preferredTokenSigningKeyThumbprint: string | null;
  notificationEmailAddresses: readonly string[];
  loginUrl: string | null;
  notes: string | null;
  tags: readonly string[];
  certificates: readonly SigningCertificate[];
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
  readonly applications: Map<string, Application>;
  readonly servicePrincipals: Map<string, ServicePrincipal>;
  readonly assignments: Map<string, AppRoleAssignment>;
}

/** The kernel's time as ISO. */
export function isoNow({ kernel }: Pick<EntraState, "kernel">): string {
  return new Date(kernel.clock.now()).toISOString();
}

/** Whether replicas show the object already. */
export function isVisible({ kernel }: EntraState, object: { readonly visibleAt: number }): boolean {
  return object.visibleAt <= kernel.clock.now();
}

export function servicePrincipalOf(state: EntraState, appId: string): ServicePrincipal | undefined {
  return [...state.servicePrincipals.values()].find((candidate) => candidate.appId === appId);
}

export function applicationOf(state: EntraState, appId: string): Application | undefined {
  return [...state.applications.values()].find((candidate) => candidate.appId === appId);
}
