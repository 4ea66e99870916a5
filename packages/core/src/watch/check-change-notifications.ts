import * as z from "zod";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection, notApplicable } from "./inspection.ts";

const HOUR_MILLISECONDS = 3_600_000;
/** Subscriptions live less than 29 days and are renewed halfway: with so little time left, the renewal has failed. */
const WARN_HOURS = 7 * 24;

/** The part of a subscription record that matters here. */
const Subscription = z.object({ expiresAt: z.iso.datetime({ offset: true }) });

/** Whether Microsoft Graph still sends change notifications. */
export async function checkChangeNotifications({
  records,
  clock,
  settings,
}: Pick<Ports, "records" | "clock"> & {
  readonly settings: Pick<Settings, "webhookUrl">;
}): Promise<Inspection> {
  if (settings.webhookUrl === null) return notApplicable("no webhook; scheduled runs find changes");
  const stored = await records.list("subscription");
  const known = stored.flatMap(({ value }) => Subscription.safeParse(value).data ?? []);
  const [first] = known.toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt));
  if (!first) {
    const what = "There is no subscription to changes of groups and users.";
    return checked("none", { findings: [finding("SubscriptionMissing", what)] });
  }
  const { expiresAt } = first;
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
