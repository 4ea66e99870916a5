import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import type { ServiceProvider } from "./connection.ts";

/** Brings single sign-on mode, URLs and expiry notices to what they should be, writing only what differs. */
export async function configureSamlSignOn(
  application: EnterpriseApplication,
  serviceProvider: ServiceProvider,
  settings: Pick<Settings, "notificationEmails">,
  { applications }: Pick<Ports, "applications">,
): Promise<void> {
  const state = await applications.read(application);
  if (state.singleSignOnMode !== "saml") await applications.setSamlMode(application);
  const urlsStand =
    sameSet(state.identifierUris, [serviceProvider.entityId]) &&
    sameSet(state.replyUrls, serviceProvider.replyUrls);
  if (!urlsStand) {
    await applications.setSamlUrls(application, {
      identifier: serviceProvider.entityId,
      replyUrls: serviceProvider.replyUrls,
    });
  }
  if (!sameSet(state.notificationEmailAddresses, settings.notificationEmails)) {
    await applications.setNotificationEmails(application, settings.notificationEmails);
  }
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}
