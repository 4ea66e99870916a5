import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { MakeEntraWorld } from "../entra-world.ts";
import { anApplication, patiently } from "./an-application.ts";

export function describeFederationMetadata(makeWorld: MakeEntraWorld): void {
  describe("federationMetadata", () => {
    it("is the tenant's, with the certificate that is active for the application", async () => {
      const world = await makeWorld();
      const { applications, federationMetadata } = world.ports;
      const application = await anApplication(world);
      await applications.setSamlMode(application);
      const expiresAt = new Date(world.clock.now() + 365 * 86_400_000).toISOString();
      const options = { commonName: "aws", expiresAt };
      const { thumbprint } = await applications.addSigningCertificate(application, options);
      await applications.activateSigningCertificate(application, thumbprint);

      const document = await patiently(world, () =>
        federationMetadata.fetch(world.tenantId, application.appId),
      );
      expect(document).toContain(`entityID="https://sts.windows.net/${world.tenantId}/"`);
      const certificates = [...document.matchAll(/<(?:\w+:)?X509Certificate>([^<]+)</g)].map(
        ([, text = ""]) => new X509Certificate(Buffer.from(text, "base64")).fingerprint.replaceAll(":", ""),
      );
      expect(certificates).toContain(thumbprint);
    });

    it("is not there yet for an application that Entra does not know", async () => {
      const { ports, tenantId } = await makeWorld();
      const unknown = ports.federationMetadata.fetch(tenantId, "00000000-0000-4000-a000-000000000000");
      await expect(unknown).rejects.toMatchObject({ name: "NotPropagatedYet" });
    });

    it("is asked for by ids only, never by a path", async () => {
      const { ports, tenantId } = await makeWorld();
      const crafted = ports.federationMetadata.fetch(`${tenantId}/../..`, "x");
      await expect(crafted).rejects.toMatchObject({ name: "InvalidStepInput" });
    });
  });
}
