import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import type { FlowHost } from "../support/flow-host.ts";
import {
  aConnectedCompany,
  codes,
  findings,
  passDays,
  provisioningOf,
  report,
  watch,
} from "../support/watch-company.ts";

/** A year then passes without its 13,000 provisioning cycles. */
async function pauseJob(host: FlowHost): Promise<void> {
  const { application, jobId } = await provisioningOf(host);
  const job = `/servicePrincipals/${application.servicePrincipalId}/synchronization/jobs/${jobId}`;
  expect((await asAdministrator(host, "POST", `${job}/pause`)).status).toBe(204);
}

/** Until so many days before that time. */
async function untilDaysBefore(host: FlowHost, time: string, days: number): Promise<void> {
  await passDays(host, (Date.parse(time) - host.deps.clock.now()) / 86_400_000 - days);
}

describe("what ends", () => {
  it("the SCIM token is a notice from 90 days on, a warning from 60, critical from 30, and over in the end", async () => {
    const host = await aConnectedCompany();
    await pauseJob(host);
    const { scim } = await provisioningOf(host);

    const found: string[][] = [];
    for (const days of [91.5, 90, 60, 30, -1]) {
      await untilDaysBefore(host, scim.expiresAt, days);
      found.push(codes(await watch(host), "scim-token"));
    }

    expect(found).toEqual([
      [],
      ["ScimTokenExpiring notice"],
      ["ScimTokenExpiring warning"],
      ["ScimTokenExpiring critical"],
      ["ScimTokenExpired critical"],
    ]);
    expect(codes(await watch(host), "scim-endpoint")).toEqual(["ScimTokenRefused critical"]);
  });

  it("names the day and the days that are left, and what to do", async () => {
    const host = await aConnectedCompany();
    await pauseJob(host);
    const { scim } = await provisioningOf(host);
    await untilDaysBefore(host, scim.expiresAt, 12);

    const health = await watch(host);

    expect(findings(health, "scim-token")).toEqual([
      expect.objectContaining({
        what: `The SCIM token expires in 12 days, on ${scim.expiresAt.slice(0, 10)}.`,
        remedy: expect.stringContaining("landbridge -- rotate token") as string,
      }),
    ]);
    expect(report(health, "scim-token")).toMatchObject({
      expiresAt: scim.expiresAt,
      figures: { scimTokenDaysLeft: 12 },
    });
  });

  it("a token that somebody deleted in AWS is critical, long before its end", async () => {
    const host = await aConnectedCompany();
    for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);

    const health = await watch(host);

    expect(codes(health, "scim-token")).toEqual([]);
    expect(codes(health, "scim-endpoint")).toEqual(["ScimTokenRefused critical"]);
  });

  it("the signing certificate is a warning from 60 days on and critical from 14", async () => {
    const host = await aConnectedCompany();
    await pauseJob(host);
    const { certificates } = await host.deps.applications.read((await provisioningOf(host)).application);
    const [certificate] = certificates;

    const found: string[][] = [];
    for (const days of [61.5, 59, 13]) {
      await untilDaysBefore(host, certificate?.expiresAt ?? "", days);
      found.push(codes(await watch(host), "signing-certificate"));
    }

    expect(found).toEqual([[], ["CertificateExpiring warning"], ["CertificateExpiring critical"]]);
  });

  it("a certificate that Entra signs with and AWS was never given is critical", async () => {
    const host = await aConnectedCompany();
    const { application } = await provisioningOf(host);
    const expiresAt = new Date(host.deps.clock.now() + 900 * 86_400_000).toISOString();
    const { thumbprint } = await host.deps.applications.addSigningCertificate(application, {
      commonName: "By hand",
      expiresAt,
    });
    await host.deps.applications.activateSigningCertificate(application, thumbprint);

    const health = await watch(host);

    expect(codes(health, "signing-certificate")).toEqual(["CertificateNotUploaded critical"]);
    expect(findings(health, "signing-certificate")[0]?.what).toContain(thumbprint);
  });

  it("the client secret of the app registration is a warning from 30 days on and critical from 7", async () => {
    const host = await aConnectedCompany();
    await pauseJob(host);
    const [secret] = (await host.deps.graphSignIn.readRegistration()).credentials;

    const found: string[][] = [];
    for (const days of [31.5, 30, 7]) {
      await untilDaysBefore(host, secret?.expiresAt ?? "", days);
      found.push(codes(await watch(host), "graph-credential"));
    }

    expect(found).toEqual([[], ["GraphCredentialExpiring warning"], ["GraphCredentialExpiring critical"]]);
  });

  it("the subscription to changes is a warning when it was not renewed, and when there is none", async () => {
    const host = await aConnectedCompany({
      variables: { LANDBRIDGE_WEBHOOK_URL: "https://hooks.small.example/graph" },
    });
    const found = [codes(await watch(host), "change-notifications")];
    for (const hours of [10 * 24, 5 * 24, -1]) {
      const expiresAt = new Date(host.deps.clock.now() + hours * 3_600_000).toISOString();
      await host.deps.records.put("subscription", "groups", { expiresAt });
      found.push(codes(await watch(host), "change-notifications"));
    }

    expect(found).toEqual([
      ["SubscriptionMissing warning"],
      [],
      ["SubscriptionExpiring warning"],
      ["SubscriptionExpired warning"],
    ]);
  });
});
