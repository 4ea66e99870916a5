import { type EnterpriseApplication, GALLERY_TEMPLATE_ID } from "@landbridge/core";
import { awsConsole } from "@landbridge/host/scripted-operator";
import type { FlowHost } from "./flow-host.ts";

/** Microsoft's template of applications that are not in the gallery. */
export const CUSTOM_TEMPLATE_ID = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621";

/** Longer than any replica of the simulated Entra lags behind. */
const UNTIL_VISIBLE = 60_000;

/** Somebody creates an enterprise application; it is visible. */
export async function makeApplication(
  { deps }: FlowHost,
  { name = "AWS IAM Identity Center", templateId = GALLERY_TEMPLATE_ID } = {},
): Promise<EnterpriseApplication> {
  const application = await deps.applications.create(templateId, name);
  await deps.clock.sleep(UNTIL_VISIBLE);
  return application;
}

/** Steps 2 and 3 of the manual by hand: SAML with AWS's addresses, a certificate, the identity source changed in AWS. */
export async function setUpSignOn(host: FlowHost, application: EnterpriseApplication): Promise<void> {
  const { applications, federationMetadata, clock } = host.deps;
  const { issuer, acsUrl } = host.sandbox.console.serviceProvider;
  await applications.setSamlMode(application);
  await clock.sleep(UNTIL_VISIBLE);
  await applications.setSamlUrls(application, { identifier: issuer, replyUrls: [acsUrl] });
  const expiresAt = new Date(clock.now() + 1000 * 86_400_000).toISOString();
  const { thumbprint } = await applications.addSigningCertificate(application, {
    commonName: "hand",
    expiresAt,
  });
  await applications.activateSigningCertificate(application, thumbprint);
  const metadata = await federationMetadata.fetch(host.sandbox.entra.credentials.tenantId, application.appId);
  await awsConsole(host).submit("identity-source", { metadata, confirmation: "ACCEPT" });
}

/** Step 5 by hand: SCIM on in AWS, a job with a token in Entra. */
export async function setUpProvisioning(host: FlowHost, { servicePrincipalId }: EnterpriseApplication) {
  const { provisioning } = host.deps;
  const { endpoint } = host.sandbox.console.enableProvisioning();
  const { token } = host.sandbox.console.createToken();
  const jobId = await provisioning.create(servicePrincipalId);
  await provisioning.saveSecrets(servicePrincipalId, { endpoint, token });
  return { jobId, start: () => provisioning.start(servicePrincipalId, jobId) };
}

export async function assign(
  host: FlowHost,
  application: EnterpriseApplication,
  names: string[],
): Promise<void> {
  const { userRoleId } = await host.deps.applications.read(application);
  for (const { id } of host.sandbox.entra.groups().filter(({ displayName }) => names.includes(displayName)))
    await host.deps.applications.assign(application, id, userRoleId);
}
