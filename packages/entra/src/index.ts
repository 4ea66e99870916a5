export {
  ensureAppRegistration,
  FEDERATION_AUDIENCE,
  GRAPH_APP_ID,
  leastPermissions,
} from "./app-registration.ts";
export { type Credential, makeClientSecretCredential, makeFederatedCredential } from "./credentials.ts";
export { makeDirectory } from "./directory.ts";
export { makeEnterpriseApplications } from "./enterprise-applications.ts";
export { makeEntra, openGraph } from "./entra.ts";
export { makeFederationMetadata } from "./federation-metadata.ts";
export { makeGraphSignIn } from "./graph-sign-in.ts";
export { GRAPH_PERMISSIONS, type GraphPermission, missingPermissions, WATCH_GROUPS } from "./permissions.ts";
export { makeGroupChanges } from "./subscriptions.ts";
export { makeProvisioningJobs } from "./provisioning-jobs.ts";
