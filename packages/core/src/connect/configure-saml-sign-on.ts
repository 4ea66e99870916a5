import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import { isAcsUrl } from "../saml/service-provider-metadata.ts";
import type { Settings } from "../settings.ts";
import type { ServiceProvider } from "./connection.ts";

/** Updates single sign-on mode, URLs and expiry notices, writing only what differs. */
export async function configureSamlSignOn(
  application: EnterpriseApplication,
  serviceProvider: ServiceProvider,
  settings: Pick<Settings, "notificationEmails">,
  { applications, events }: Pick<Ports, "applications" | "events">,
): Promise<void> {
  const state = await applications.read(application);
  if (state.singleSignOnMode !== "saml") await applications.setSamlMode(application);

  // Addresses of AWS in additional Regions, which somebody added, stay; anything else must not receive sign-ins.
  const others = state.replyUrls.filter((url) => !serviceProvider.replyUrls.includes(url));
  const foreign = others.filter((url) => !isAcsUrl(url));
  const replyUrls = [...serviceProvider.replyUrls, ...others.filter((url) => !foreign.includes(url))];
  if (!sameSet(state.identifierUris, [serviceProvider.entityId]) || !sameSet(state.replyUrls, replyUrls)) {
    await applications.setSamlUrls(application, { identifier: serviceProvider.entityId, replyUrls });
  }
  for (const url of foreign) {
    events.emit("warning.raised", { message: `Removed the reply URL ${url}: it is not AWS's` });
  }

  const { notificationEmails } = settings;
  const toldElse = !sameSet(state.notificationEmailAddresses, notificationEmails);
  if (notificationEmails.length > 0 && toldElse) {
    await applications.setNotificationEmails(application, notificationEmails);
  }
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}
