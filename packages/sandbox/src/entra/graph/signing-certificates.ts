import * as z from "zod";
import { makeSelfSignedCertificate } from "../certificate.ts";
import { badRequest } from "../errors.ts";
import type { JsonObject } from "../odata.ts";
import type { EntraState, ServicePrincipal, SigningCertificate } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

const NewCertificate = z.strictObject({
  displayName: z.string().startsWith("CN=", { error: "must start with CN=" }).min(4),
  endDateTime: z.iso.datetime({ offset: true }).optional(),
});

/** addTokenSigningCertificate: up to three years, which is also the default. */
export function signingCertificateOperations(state: EntraState): Operation[] {
  return [
    {
      method: "POST",
      path: "/servicePrincipals/{id}/addTokenSigningCertificate",
      needs: NEEDS.writeApplications,
      async handle({ param, body }) {
        const servicePrincipal = findServicePrincipal(state, param("id"));
        const { displayName, endDateTime } = await body(NewCertificate);
        const { clock, random } = state.kernel;
        const startsAt = clock.now();
        const latest = threeYearsAfter(startsAt);
        const endsAt = endDateTime === undefined ? latest : Date.parse(endDateTime);
        if (endsAt <= startsAt || endsAt > latest) {
          throw badRequest("endDateTime must be in the future and at most three years ahead.");
        }
        const commonName = displayName.slice("CN=".length);
        const serialHex = random.hex(30);
        const keyIds = { signKeyId: random.uuid(), verifyKeyId: random.uuid() };
        const certificate = await makeSelfSignedCertificate({ commonName, startsAt, endsAt, serialHex });
        const added: SigningCertificate = { displayName, certificate, ...keyIds };
        servicePrincipal.certificates = [...servicePrincipal.certificates, added];
        return Response.json({
          "@odata.context":
            "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.selfSignedCertificate",
          ...credential(added, added.verifyKeyId),
          key: certificate.der.toString("base64"),
          thumbprint: certificate.thumbprint,
          type: "AsymmetricX509Cert",
          usage: "Verify",
        });
      },
    },
  ];
}

function threeYearsAfter(milliseconds: number): number {
  const date = new Date(milliseconds);
  date.setUTCFullYear(date.getUTCFullYear() + 3);
  return date.getTime();
}

/** Each certificate is two keys with one identifier; the private one is never returned. */
export function keyCredentials({ certificates }: ServicePrincipal, showKeys: boolean): JsonObject[] {
  return certificates.flatMap((one) => [
    { ...credential(one, one.signKeyId), key: null, type: "X509CertAndPassword", usage: "Sign" },
    {
      ...credential(one, one.verifyKeyId),
      key: showKeys ? one.certificate.der.toString("base64") : null,
      type: "AsymmetricX509Cert",
      usage: "Verify",
    },
  ]);
}

/** The password of each private key, which is itself never returned. */
export function passwordCredentials({ certificates }: ServicePrincipal): JsonObject[] {
  return certificates.map((one) => ({ ...credential(one, one.signKeyId), hint: null, secretText: null }));
}

function credential({ displayName, certificate }: SigningCertificate, keyId: string): JsonObject {
  return {
    customKeyIdentifier: Buffer.from(certificate.thumbprint, "hex").toString("base64"),
    displayName,
    endDateTime: certificate.endsAt,
    keyId,
    startDateTime: certificate.startsAt,
  };
}
