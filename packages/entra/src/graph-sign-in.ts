import {
  type AppRegistrationState,
  type FederatedTrust,
  FlowError,
  type GraphSignIn,
  type RegistrationCredential,
} from "@landbridge/core";
import { readClaims } from "./access-token.ts";
import type { GraphObject } from "./answer.ts";
import { equals, type Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS, missingPermissions } from "./permissions.ts";

const permission = GRAPH_PERMISSIONS.readApplications;

interface SignInOptions {
  readonly method: GraphSignIn["method"];
  /** Client id of Landbridge's own app registration. */
  readonly clientId: string;
  /** A JWT of AWS STS about this process's role. */
  readonly getAssertion: () => Promise<string>;
}

export function makeGraphSignIn(graph: Graph, options: SignInOptions): GraphSignIn {
  return {
    method: options.method,
    missingPermissions,
    readRegistration: () => readRegistration(graph, options.clientId),
    readAssertion: async () => toTrust(readClaims(await options.getAssertion())),
  };
}

async function readRegistration(graph: Graph, clientId: string): Promise<AppRegistrationState> {
  const found = await graph.get({
    operation: "List applications",
    permission,
    path: "/applications",
    query: {
      $filter: equals("appId", clientId),
      $select: "id,displayName,passwordCredentials,keyCredentials",
    },
  });
  const [application] = found.list("value");
  if (!application)
    throw new FlowError("IncompleteRead", `The app registration ${clientId} is not in the tenant`);
  const federatedTrusts: FederatedTrust[] = [];
  const credentials = graph.list({
    operation: "List federatedIdentityCredentials",
    permission,
    path: `/applications/${encodeURIComponent(application.text("id"))}/federatedIdentityCredentials`,
  });
  for await (const credential of credentials) {
    const [audience = ""] = credential.texts("audiences");
    federatedTrusts.push({
      issuer: credential.text("issuer"),
      subject: credential.text("subject"),
      audience,
    });
  }
  return {
    displayName: application.text("displayName"),
    credentials: [
      ...application.list("passwordCredentials").map((one) => toCredential("client secret", one)),
      ...application.list("keyCredentials").map((one) => toCredential("certificate", one)),
    ],
    federatedTrusts,
  };
}

function toCredential(kind: RegistrationCredential["kind"], item: GraphObject): RegistrationCredential {
  return {
    kind,
    name: item.optionalText("displayName") ?? item.text("keyId"),
    expiresAt: item.text("endDateTime"),
  };
}

/** STS gives one audience, as a text (GetWebIdentityToken). */
function toTrust({ iss, sub, aud }: Record<string, unknown>): FederatedTrust {
  const audience: unknown = Array.isArray(aud) ? aud[0] : aud;
  if (typeof iss === "string" && typeof sub === "string" && typeof audience === "string")
    return { issuer: iss, subject: sub, audience };
  throw new FlowError("IncompleteRead", "The assertion of AWS STS lacks issuer, subject or audience");
}
