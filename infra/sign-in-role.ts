import { allow, policyDocument } from "./policies.ts";

/** Entra's audience for federated credentials. */
const AUDIENCE = "api://AzureADTokenExchange";

/**
 * The one role that the app registration trusts, which functions take on to sign in: a federated credential names its
 * subject exactly, and an app registration holds twenty of them (Microsoft: workload identity federation, considerations).
 * @param roles of the functions that call Microsoft Graph
 */
export function makeSignInRole(name: string, roles: readonly aws.iam.Role[]): aws.iam.Role {
  return new aws.iam.Role("SignInRole", {
    name,
    description: "Signs in to Entra for all functions",
    assumeRolePolicy: $resolve(roles.map(({ arn }) => arn)).apply((arns) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: arns } }],
      }),
    ),
    inlinePolicies: [
      {
        name: "permissions",
        policy: JSON.stringify(
          policyDocument(
            allow(["sts:GetWebIdentityToken"], ["*"], {
              "ForAllValues:StringEquals": { "sts:IdentityTokenAudience": AUDIENCE },
              // ForAllValues holds for no value too.
              Null: { "sts:IdentityTokenAudience": "false" },
              StringEquals: { "sts:SigningAlgorithm": "RS256" },
            }),
          ),
        ),
      },
    ],
  });
}
