import { SUBSCRIPTIONS } from "../changes/keep-subscriptions.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection, notApplicable } from "./inspection.ts";

const HOUR_MILLISECONDS = 3_600_000;
/** Subscriptions live less than 29 days and are renewed halfway: with so little time left, the renewal has failed. */
const WARN_HOURS = 7 * 24;

/** Whether Microsoft Graph still sends change notifications. */
export async function checkChangeNotifications({
  records,
  clock,
  settings,
}: Pick<Ports, "records" | "clock"> & {
  readonly settings: Pick<Settings, "webhookUrl">;
}): Promise<Inspection> {
  if (settings.webhookUrl === null) return notApplicable("no webhook; scheduled runs find changes");
  const stored = await SUBSCRIPTIONS.list(records);
  const ends = stored.flatMap(({ value }) => value.expiresAt ?? []);
  const [expiresAt] = ends.toSorted((a, b) => Date.parse(a) - Date.parse(b));
  if (expiresAt === undefined) {
    const what = "There is no subscription to changes of groups and users.";
    return checked("none", { findings: [finding("SubscriptionMissing", what)] });
  }
  const hours = Math.floor((Date.parse(expiresAt) - clock.now()) / HOUR_MILLISECONDS);
  return checked(hours < 0 ? "ended" : "subscribed", {
    expiresAt,
    findings: judge(hours, expiresAt),
    figures: { subscriptionHoursLeft: hours },
  });
}

function judge(hours: number, expiresAt: string): Finding[] {
  if (hours > WARN_HOURS) return [];
  const code = hours < 0 ? "SubscriptionExpired" : "SubscriptionExpiring";
  return [finding(code, `The subscription ${hours < 0 ? "ended" : "ends"} at ${expiresAt}.`)];
}
