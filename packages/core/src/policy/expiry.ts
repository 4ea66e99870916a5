import * as z from "zod";
import type { AccessRule } from "./policy.ts";

const WARN_BEFORE_MILLISECONDS = 7 * 24 * 3_600_000;

/** A day, to its end in UTC, or a moment with its offset. */
export const Expiry = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: "expected a day (2027-03-31) or a time with its offset (2027-03-31T18:00:00+02:00)",
  })
  .describe("When the rule's access ends: a day (its end in UTC) or a time with its offset.");

/** The one spelling of a moment, in which texts compare as times do. */
export function toMoment(expiry: string): string {
  const moment = expiry.includes("T") ? expiry : `${expiry}T23:59:59.999Z`;
  return new Date(moment).toISOString();
}

/** `now`: ISO time. */
export function isExpired({ expires }: Pick<AccessRule, "expires">, now: string): boolean {
  return expires !== null && now > expires;
}

/** A timely warning for the rule's readers, or null. */
export function expiryWarning(rule: Pick<AccessRule, "name" | "expires">, now: string): string | null {
  const { name, expires } = rule;
  if (expires === null) return null;
  const quoted = JSON.stringify(name);
  if (isExpired(rule, now)) return `rule ${quoted} expired on ${expires} and grants nothing`;
  const left = Date.parse(expires) - Date.parse(now);
  return left > WARN_BEFORE_MILLISECONDS ? null : `rule ${quoted} expires on ${expires}`;
}
