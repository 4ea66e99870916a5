import type { Settings } from "@landbridge/core";
import type { Environment } from "./environment.ts";

export function toSettings(environment: Environment): Settings {
  return {
    region: environment.AWS_REGION,
    applicationName: environment.LANDBRIDGE_APPLICATION_NAME,
    applicationTemplateId: environment.LANDBRIDGE_APPLICATION_TEMPLATE_ID,
    notificationEmails: environment.LANDBRIDGE_NOTIFICATION_EMAILS,
    policyKey: environment.LANDBRIDGE_POLICY_KEY,
    scimSecretName: environment.LANDBRIDGE_SCIM_SECRET_NAME,
    manageManagementAccount: environment.LANDBRIDGE_MANAGE_MANAGEMENT_ACCOUNT,
    breakGlass: {
      principalIds: environment.LANDBRIDGE_BREAK_GLASS_PRINCIPALS,
      permissionSets: environment.LANDBRIDGE_BREAK_GLASS_PERMISSION_SETS,
    },
    approvers: environment.LANDBRIDGE_APPROVERS,
    appliesAdditionsOfHeldPlans: environment.LANDBRIDGE_APPLY_ADDITIONS_OF_HELD_PLANS,
    webhookUrl: environment.LANDBRIDGE_WEBHOOK_URL ?? null,
    ownRolePrefix: environment.LANDBRIDGE_OWN_ROLE_PREFIX,
    guardrails: {
      maxDeletions: environment.LANDBRIDGE_MAX_DELETIONS,
      maxDeletionPercent: environment.LANDBRIDGE_MAX_DELETION_PERCENT,
      deletionsPerDay: environment.LANDBRIDGE_DELETIONS_PER_DAY,
      approveAbove: {
        assignments: environment.LANDBRIDGE_APPROVE_ABOVE_ASSIGNMENTS ?? null,
        accounts: environment.LANDBRIDGE_APPROVE_ABOVE_ACCOUNTS ?? null,
      },
      paused: environment.LANDBRIDGE_PAUSED,
    },
  };
}
