export { makeClientSecretCredential, makeFederatedCredential } from "./credentials.ts";
export { type EntraOptions, makeEntra } from "./entra.ts";
export { GRAPH_PERMISSIONS, type GraphPermission, missingPermissions } from "./permissions.ts";
