import { FEDERATION_AUDIENCE, GRAPH_APP_ID, leastPermissions } from "@landbridge/entra";
import type { EntraBootstrap } from "./entra-bootstrap.ts";

/** The commands for an administrator of the tenant: Azure CLI, to read before running them. */
export function entraScript({ tenantId, displayName, federation }: EntraBootstrap): string {
  return [
    "# Registers Landbridge in Entra. Run it as an administrator who may consent (Privileged Role Administrator).",
    "set -eu",
    `az login --tenant ${tenantId} --allow-no-subscriptions`,
    `app=$(az ad app create --display-name ${quoted(displayName)} --sign-in-audience AzureADMyOrg --query appId --output tsv)`,
    'az ad sp show --id "$app" --output none 2>/dev/null || az ad sp create --id "$app" --output none',
    "",
    "# The least-privileged permissions of Microsoft Graph, with admin consent.",
    `for permission in ${leastPermissions().join(" ")}; do`,
    `  role=$(az ad sp show --id ${GRAPH_APP_ID} --query "appRoles[?value=='$permission'].id | [0]" --output tsv)`,
    `  az ad app permission add --id "$app" --api ${GRAPH_APP_ID} --api-permissions "$role=Role"`,
    "done",
    'az ad app permission admin-consent --id "$app"',
    "",
    ...(federation ? federate(federation) : CLIENT_SECRET),
    "",
    'echo "LANDBRIDGE_CLIENT_ID=$app"',
    `echo "LANDBRIDGE_TENANT_ID=${tenantId}"`,
    "",
  ].join("\n");
}

function federate({ issuer, subject }: { readonly issuer: string; readonly subject: string }): string[] {
  const credential = JSON.stringify({
    name: "landbridge-aws",
    issuer,
    subject,
    audiences: [FEDERATION_AUDIENCE],
  });
  return [
    "# Federated credential, no stored secret: Entra trusts tokens that AWS issues for this one role.",
    `az ad app federated-credential create --id "$app" --parameters ${quoted(credential)}`,
  ];
}

const CLIENT_SECRET = [
  "# Client secret, written directly to Secrets Manager. It expires: prefer --issuer and --subject.",
  'az ad app credential reset --id "$app" --display-name landbridge --query password --output tsv |',
  "  aws secretsmanager put-secret-value --secret-id landbridge/production/graph-client-secret --secret-string file:///dev/stdin",
];

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
