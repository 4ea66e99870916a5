import { X509Certificate } from "node:crypto";
import { GALLERY_TEMPLATE_ID } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import type { MakeEntraWorld } from "../entra-world.ts";
import { anApplication, NAME, patiently } from "./an-application.ts";

/** As in AWS's metadata. */
const URLS = {
  identifier: "https://eu-central-1.signin.aws.amazon.com/platform/saml/d-1234567890",
  replyUrls: ["https://eu-central-1.signin.aws.amazon.com/platform/saml/acs/one"],
};

export function describeApplications(makeWorld: MakeEntraWorld): void {
  describe("applications", () => {
    it("creates one that can be read soon, and found by exactly its name", async () => {
      const world = await makeWorld();
      const { applications } = world.ports;
      expect(await applications.find(NAME)).toEqual([]);
      const created = await anApplication(world);
      expect(created).toMatchObject({ displayName: NAME, templateId: GALLERY_TEMPLATE_ID });
      expect(await applications.read(created)).toMatchObject({ identifierUris: [], certificates: [] });
      expect(await patiently(world, () => applications.find(NAME))).toEqual([created]);
      expect(await applications.find(NAME.toLowerCase())).toEqual([]);
    });

    it("takes SAML addresses in SAML mode only, however long it is asked", async () => {
      const world = await makeWorld();
      const { applications } = world.ports;
      const application = await anApplication(world);
      const setUrls = () => applications.setSamlUrls(application, URLS);
      await expect(patiently(world, setUrls)).rejects.toMatchObject({ name: "NotPropagatedYet" });

      await applications.setSamlMode(application);
      await patiently(world, setUrls);
      expect(await applications.read(application)).toMatchObject({
        singleSignOnMode: "saml",
        identifierUris: [URLS.identifier],
        replyUrls: URLS.replyUrls,
      });
    });

    it("finds one by its SAML identifier", async () => {
      const world = await makeWorld();
      const { applications } = world.ports;
      const application = await anApplication(world);
      expect(await applications.findByIdentifier(URLS.identifier)).toBeNull();
      await applications.setSamlMode(application);
      await patiently(world, () => applications.setSamlUrls(application, URLS));
      expect(await applications.findByIdentifier(URLS.identifier)).toEqual(application);
    });

    it("adds a signing certificate that is not active until it is made so", async () => {
      const world = await makeWorld();
      const { applications } = world.ports;
      const application = await anApplication(world);
      const expiresAt = new Date(world.clock.now() + 3 * 365 * 86_400_000).toISOString();
      const added = await applications.addSigningCertificate(application, { commonName: "aws", expiresAt });
      expect(added.thumbprint).toMatch(/^[0-9A-F]{40}$/);
      expect(Math.abs(Date.parse(added.expiresAt) - Date.parse(expiresAt))).toBeLessThan(1000);
      expect(await applications.read(application)).toMatchObject({ certificates: [added] });
      expect((await applications.read(application)).activeThumbprint).not.toBe(added.thumbprint);

      await applications.activateSigningCertificate(application, added.thumbprint);
      expect((await applications.read(application)).activeThumbprint).toBe(added.thumbprint);
    });

    it("tells the public half of a certificate and removes one of several, once", async () => {
      const world = await makeWorld();
      const { applications } = world.ports;
      const application = await anApplication(world);
      const expiresAt = new Date(world.clock.now() + 365 * 86_400_000).toISOString();
      const old = await applications.addSigningCertificate(application, { commonName: "old", expiresAt });
      const added = await applications.addSigningCertificate(application, { commonName: "new", expiresAt });
      const base64 = await applications.readSigningCertificate(application, added.thumbprint);
      const certificate = new X509Certificate(Buffer.from(base64 ?? "", "base64"));
      expect(certificate.fingerprint.replaceAll(":", "")).toBe(added.thumbprint);

      for (const _ of ["first", "again"]) {
        await applications.removeSigningCertificate(application, old.thumbprint);
        expect((await applications.read(application)).certificates).toEqual([added]);
      }
      expect(await applications.readSigningCertificate(application, old.thumbprint)).toBeNull();
    });

    it("keeps whom to tell that a certificate expires", async () => {
      const world = await makeWorld();
      const application = await anApplication(world);
      await world.ports.applications.setNotificationEmails(application, ["ops@example.com"]);
      const { notificationEmailAddresses } = await world.ports.applications.read(application);
      expect(notificationEmailAddresses).toEqual(["ops@example.com"]);
    });

    it("assigns a group and a user, each once however often", async () => {
      const world = await makeWorld();
      const { applications } = world.ports;
      const application = await anApplication(world);
      const { userRoleId } = await applications.read(application);
      const principals = [world.idOf("Engineers"), world.idOf("ada@example.com")];
      for (const principalId of [...principals, ...principals]) {
        await applications.assign(application, principalId, userRoleId);
      }
      const assigned = await applications.listAssignments(application);
      expect(assigned.map(({ principalId }) => principalId).toSorted()).toEqual(principals.toSorted());
      expect(assigned.map(({ principalName }) => principalName).toSorted()).toEqual(["Engineers", "ada"]);
    });

    it("says that groups need a licence, and assigns users without", async () => {
      const world = await makeWorld({ licence: "Free" });
      const { applications } = world.ports;
      const application = await anApplication(world);
      const { userRoleId } = await applications.read(application);
      await expect(
        applications.assign(application, world.idOf("Engineers"), userRoleId),
      ).rejects.toMatchObject({ name: "LicenceMissing" });
      await applications.assign(application, world.idOf("ada@example.com"), userRoleId);
      expect(await applications.listAssignments(application)).toHaveLength(1);
    });

    it("names the permission that is missing", async () => {
      const world = await makeWorld();
      world.grant(["Application.Read.All"]);
      await expect(anApplication(world)).rejects.toMatchObject({
        name: "ConsentMissing",
        message: expect.stringContaining("Application.ReadWrite.OwnedBy") as string,
      });
    });
  });
}
