import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import type { EntraState } from "../state.ts";
import { appRoleAssignmentOperations } from "./app-role-assignments.ts";
import { applicationTemplateOperations } from "./application-templates.ts";
import { applicationOperations } from "./applications.ts";
import { claimsMappingPolicyOperations } from "./claims-mapping-policies.ts";
import { deltaOperations } from "./delta/delta-operations.ts";
import { federatedIdentityCredentialOperations } from "./federated-identity-credentials.ts";
import { groupMemberOperations } from "./group-members.ts";
import { groupOperations } from "./groups.ts";
import type { ChangeNotifications } from "./notifications/change-notifications.ts";
import { subscriptionOperations } from "./notifications/subscription-operations.ts";
import type { Operation } from "./operation.ts";
import { organizationOperations } from "./organization.ts";
import { provisionOnDemandOperations } from "./provision-on-demand.ts";
import { provisioningLogOperations } from "./provisioning-log.ts";
import { servicePrincipalOperations } from "./service-principals.ts";
import { signingCertificateOperations } from "./signing-certificates.ts";
import { synchronizationCredentialOperations } from "./synchronization-credentials.ts";
import { synchronizationJobOperations } from "./synchronization-jobs.ts";
import { synchronizationSchemaOperations } from "./synchronization-schemas.ts";
import { synchronizationTemplateOperations } from "./synchronization-templates.ts";
import { userOperations } from "./users.ts";

export interface GraphWorld {
  readonly state: EntraState;
  readonly jobs: ProvisioningJobs;
  readonly notifications: ChangeNotifications;
}

/** Everything that the sandbox imitates of Graph, apart from `$batch`. */
export function graphOperations({ state, jobs, notifications }: GraphWorld): Operation[] {
  return [
    ...organizationOperations(state),
    // Before the routes of single users and groups, whose `{id}` would match the word "delta".
    ...deltaOperations(state),
    ...userOperations(state),
    ...groupOperations(state),
    ...groupMemberOperations(state),
    ...applicationTemplateOperations(state),
    ...applicationOperations(state, jobs),
    ...federatedIdentityCredentialOperations(state),
    ...servicePrincipalOperations(state),
    ...signingCertificateOperations(state),
    ...claimsMappingPolicyOperations(state),
    ...appRoleAssignmentOperations(state),
    ...synchronizationTemplateOperations(state),
    ...synchronizationJobOperations(state, jobs),
    ...synchronizationSchemaOperations(state, jobs),
    ...synchronizationCredentialOperations(state, jobs),
    ...provisionOnDemandOperations(state, jobs),
    ...provisioningLogOperations(state, jobs),
    ...subscriptionOperations(state, notifications),
  ];
}
