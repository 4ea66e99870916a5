import { describe, expect, it } from "vitest";
import { signInRefusal } from "../support/certificates.ts";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import {
  assign,
  CUSTOM_TEMPLATE_ID,
  makeApplication,
  setUpProvisioning,
  setUpSignOn,
} from "../support/half-connected.ts";
import { tasksOpened } from "../support/rotation.ts";

const FIRST_TASKS = [
  "service-provider-metadata",
  "identity-source-change",
  "scim-credentials",
  "test-sign-in",
];

/** Counts what exists in Entra after connect. */
async function entraOf(host: FlowHost) {
  const { applications, provisioning } = host.deps;
  const [made, ...others] = host.sandbox.entra.applications();
  if (!made?.servicePrincipal || others.length > 0) throw new Error("Expected one application");
  const { application, servicePrincipal } = made;
  const assigned = await applications.listAssignments({
    applicationObjectId: application.id,
    appId: application.appId,
    servicePrincipalId: servicePrincipal.id,
    displayName: application.displayName,
    templateId: application.templateId,
  });
  return {
    name: application.displayName,
    certificates: servicePrincipal.certificates.length,
    assigned: assigned.map(({ principalName }) => principalName).toSorted(),
    jobs: (await provisioning.list(servicePrincipal.id)).length,
    assignedOnly: servicePrincipal.secrets.get("SyncAll") === "false",
  };
}

const COMPLETE = {
  name: "AWS IAM Identity Center",
  certificates: 1,
  assigned: ["Auditors", "Engineers", "Interns"],
  jobs: 1,
  assignedOnly: true,
};

async function connected(host: FlowHost) {
  host.seen.length = 0;
  const [connect, sync] = await host.run("connect", {}, silent);
  expect(connect).toMatchObject({ status: "SUCCEEDED", error: null });
  expect(sync).toMatchObject({ output: { result: "complete", assignments: { desired: 8, created: 8 } } });
  expect(signInRefusal(host)).toBeNull();
  return entraOf(host);
}

/** Whom Entra mails after connect, if an address was set before. */
async function toldAfterConnect(variables: Record<string, string>): Promise<readonly string[]> {
  const host = await aFlowHost({ variables });
  const application = await makeApplication(host);
  await host.deps.applications.setNotificationEmails(application, ["earlier@small.example"]);
  await host.run("connect", {}, silent);
  return (await host.deps.applications.read(application)).notificationEmailAddresses;
}

describe("connect, where some of it exists already", () => {
  it("takes over an application of the name and completes it", async () => {
    const host = await aFlowHost();
    await makeApplication(host);
    expect(await connected(host)).toEqual(COMPLETE);
  });

  it("takes over what somebody made after the manual under a name of their own, and asks as for a new one", async () => {
    const host = await aFlowHost();
    const byHand = await makeApplication(host, { name: "AWS SSO", templateId: CUSTOM_TEMPLATE_ID });
    await setUpSignOn(host, byHand);

    expect(await connected(host)).toEqual({ ...COMPLETE, name: "AWS SSO" });
    expect(tasksOpened(host)).toEqual(FIRST_TASKS);
    const { replyUrls } = await host.deps.applications.read(byHand);
    const { acsUrl, dualStackAcsUrl } = host.sandbox.console.serviceProvider;
    expect(replyUrls).toEqual([acsUrl, dualStackAcsUrl]);
  });

  it("takes over a certificate that is inactive, and leaves an expired one alone", async () => {
    const host = await aFlowHost();
    const application = await makeApplication(host);
    const { applications, clock } = host.deps;
    const until = (days: number) => new Date(clock.now() + days * 86_400_000).toISOString();
    const old = await applications.addSigningCertificate(application, {
      commonName: "old",
      expiresAt: until(1),
    });
    await applications.activateSigningCertificate(application, old.thumbprint);
    const next = await applications.addSigningCertificate(application, {
      commonName: "next",
      expiresAt: until(900),
    });
    await clock.sleep(2 * 86_400_000);

    expect(await connected(host)).toEqual({ ...COMPLETE, certificates: 2 });
    expect((await applications.read(application)).activeThumbprint).toBe(next.thumbprint);
  });

  it("takes over a job that was never started, and assignments", async () => {
    const host = await aFlowHost();
    const application = await makeApplication(host);
    await setUpSignOn(host, application);
    await assign(host, application, ["Engineers"]);
    await setUpProvisioning(host, application);
    expect(await connected(host)).toEqual(COMPLETE);
  });

  it("takes over a job that runs, with SCIM on and a token that nobody kept", async () => {
    const host = await aFlowHost();
    const application = await makeApplication(host);
    await setUpSignOn(host, application);
    await assign(host, application, ["Engineers", "Auditors"]);
    const { jobId, start } = await setUpProvisioning(host, application);
    await start();
    await host.deps.clock.sleep(3 * 3_600_000);
    expect(host.sandbox.groups()).toHaveLength(2);

    expect(await connected(host)).toEqual(COMPLETE);
    expect(await host.deps.provisioning.list(application.servicePrincipalId)).toEqual([jobId]);
    const writes = Object.keys(host.sandbox.calls.count()["graph"] ?? {});
    expect(writes).not.toContain("PUT /servicePrincipals/{id}/synchronization/jobs/{jobId}/schema");
  });

  it("sets a custom application up like that of the gallery, its mappings included", async () => {
    const host = await aFlowHost({ variables: { LANDBRIDGE_APPLICATION_TEMPLATE_ID: CUSTOM_TEMPLATE_ID } });
    expect(await connected(host)).toEqual(COMPLETE);
    const warnings = JSON.stringify(host.seen.filter(({ code }) => code === "warning.raised"));
    expect(warnings).toContain("Corrected. User: externalId is mapped from mailNickname");
  });

  it("has Entra mail those of the settings before the certificate ends, and otherwise whom it mails already", async () => {
    expect(await toldAfterConnect({})).toEqual(["earlier@small.example"]);
    const emails = { LANDBRIDGE_NOTIFICATION_EMAILS: "ops@small.example, idm@small.example" };
    expect(await toldAfterConnect(emails)).toEqual(["ops@small.example", "idm@small.example"]);
  });
});
