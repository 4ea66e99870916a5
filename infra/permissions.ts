import { type Grant, type GrantName, GRANTS } from "./grants.ts";

/** How functions sign in to Microsoft Graph: the deployment's choice, under one name. */
type Need = GrantName | "graph";

/** Opens an operator task. */
const OPEN_TASK: readonly Need[] = ["getRecord", "listRecords", "putRecord", "sealTokens"];

/**
 * What each function may do in AWS, and nothing else. A test holds this against the calls that functions make.
 * Graph permissions are those of the app registration: `packages/entra/src/permissions.ts`.
 */
export const PERMISSIONS: Readonly<Record<string, readonly Need[]>> = {
  "connect/assign-principals": ["graph", "readPolicy"],
  "connect/check-prerequisites": ["graph", "readPolicy", "getRecord", "findInstance", "listUsers"],
};

/** @throws {Error} for a function that the table does not have */
export function grantsOf(functionName: string, signIn: "federated" | "client-secret"): readonly Grant[] {
  const needs = PERMISSIONS[functionName];
  if (!needs) throw new Error(`infra/permissions.ts does not say what ${functionName} may do`);
  return needs.flatMap((need): readonly Grant[] => {
    if (need !== "graph") return GRANTS[need];
    return signIn === "federated" ? GRANTS.signInSecretless : GRANTS.signInWithSecret;
  });
}
