import type { EnterpriseApplication, SigningCertificate } from "@landbridge/core";
import type { GraphObject } from "./answer.ts";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

const { readApplications, writeApplications } = GRAPH_PERMISSIONS;
const SHA1_BYTES = 20;

/** A signing certificate has two keys of one identifier, its SHA-1 thumbprint; `Verify` is the public one. */
export function toCertificates(keys: readonly GraphObject[]): SigningCertificate[] {
  return keys
    .filter((key) => key.optionalText("usage") === "Verify")
    .flatMap((key) => {
      const thumbprint = thumbprintOf(key);
      if (thumbprint === null) return [];
      return [{ thumbprint, startsAt: key.text("startDateTime"), expiresAt: key.text("endDateTime") }];
    });
}

function thumbprintOf(key: GraphObject): string | null {
  const identifier = Buffer.from(key.optionalText("customKeyIdentifier") ?? "", "base64");
  return identifier.length === SHA1_BYTES ? identifier.toString("hex").toUpperCase() : null;
}

/** Adds a key pair that Entra creates (addTokenSigningCertificate). It starts inactive. */
export async function addSigningCertificate(
  graph: Graph,
  application: EnterpriseApplication,
  { commonName, expiresAt }: { readonly commonName: string; readonly expiresAt: string },
): Promise<SigningCertificate> {
  const answer = await graph.post({
    operation: "addTokenSigningCertificate",
    permission: writeApplications,
    path: `${pathOf(application)}/addTokenSigningCertificate`,
    body: { displayName: `CN=${commonName}`, endDateTime: expiresAt },
  });
  return {
    thumbprint: answer.text("thumbprint").toUpperCase(),
    startsAt: answer.text("startDateTime"),
    expiresAt: answer.text("endDateTime"),
  };
}

/** The public key's certificate; Graph returns it only if `keyCredentials` of one object are selected. */
export async function readSigningCertificate(
  graph: Graph,
  application: EnterpriseApplication,
  thumbprint: string,
): Promise<string | null> {
  const keys = await readKeys(graph, application);
  const key = keys.find((one) => one.optionalText("usage") === "Verify" && thumbprintOf(one) === thumbprint);
  return key?.optionalText("key") ?? null;
}

/** Removes the keys of one certificate: the property is replaced as a whole (Update servicePrincipal). */
export async function removeSigningCertificate(
  graph: Graph,
  application: EnterpriseApplication,
  thumbprint: string,
): Promise<void> {
  const keys = await readKeys(graph, application);
  const kept = keys.filter((key) => thumbprintOf(key) !== thumbprint);
  if (kept.length === keys.length) return;
  await graph.write("patch", {
    operation: "Update servicePrincipal",
    permission: writeApplications,
    path: pathOf(application),
    body: { keyCredentials: kept.map(toKeyCredential) },
  });
}

/** As it was read; the private key of `Sign` is never returned, and stays. */
function toKeyCredential(key: GraphObject): object {
  const members = [
    "customKeyIdentifier",
    "displayName",
    "endDateTime",
    "key",
    "keyId",
    "startDateTime",
    "type",
    "usage",
  ];
  return Object.fromEntries(members.map((member) => [member, key.raw(member)]));
}

async function readKeys(graph: Graph, application: EnterpriseApplication): Promise<GraphObject[]> {
  const answer = await graph.get({
    operation: "Get servicePrincipal",
    permission: readApplications,
    path: pathOf(application),
    query: { $select: "keyCredentials" },
  });
  return answer.list("keyCredentials");
}

function pathOf({ servicePrincipalId }: EnterpriseApplication): string {
  return `/servicePrincipals/${servicePrincipalId}`;
}
