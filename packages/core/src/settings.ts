/** What the deployment configures, outside the access policy. */
export interface Settings {
  readonly region: string;
  /** Display name of the enterprise application in Entra. */
  readonly applicationName: string;
  /** Gallery template of the application (Microsoft Graph: applicationTemplate). */
  readonly applicationTemplateId: string;
  /** Addresses that Entra notifies when the signing certificate expires; at most five. */
  readonly notificationEmails: readonly string[];
  /** Key of the access policy in the object store. */
  readonly policyKey: string;
  /** Name of the secret that holds SCIM tokens. */
  readonly scimSecretName: string;
  /** Without it, no assignment of the management account is created or removed. */
  readonly manageManagementAccount: boolean;
  /** Never removed, whatever the policy says: directory or identity store ids, permission set names. */
  readonly breakGlass: {
    readonly principalIds: readonly string[];
    readonly permissionSets: readonly string[];
  };
  readonly guardrails: Guardrails;
  /** Who may approve a plan whose author or starter is unknown: ARNs of roles and users, user names, object ids of Entra. */
  readonly approvers: readonly string[];
  /** Whether a held plan's unprivileged additions are applied without waiting for the rest. */
  readonly appliesAdditionsOfHeldPlans: boolean;
  /** Where Microsoft Graph sends change notifications; null: nowhere, and the delta query finds changes. */
  readonly webhookUrl: string | null;
  /** Prefix of the name of every role that Landbridge uses; it distinguishes Landbridge's changes from others'. */
  readonly ownRolePrefix: string;
}

/** Limits of what a run may do without approval; the access policy can make them stricter. */
export interface Guardrails {
  /** More deletions in one run are held for approval. */
  readonly maxDeletions: number;
  /** More deletions than this share of the existing assignments are held, from 20 assignments on. */
  readonly maxDeletionPercent: number;
  /** Deletions that would exceed this many within 24 hours are held. */
  readonly deletionsPerDay: number;
  /** More changed assignments, or accounts with changes, in one run are held; null: no limit. */
  readonly approveAbove: { readonly assignments: number | null; readonly accounts: number | null };
  /** Runs plan and change nothing. */
  readonly paused: boolean;
}

/** The AWS IAM Identity Center application of the Entra gallery (Microsoft's tutorial for the Graph API). */
export const GALLERY_TEMPLATE_ID = "21ed01d2-ec13-4e9e-86c1-cd546719ebc4";
