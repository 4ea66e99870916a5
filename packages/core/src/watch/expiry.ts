import { type Finding, type FindingCode, finding } from "./findings.ts";

const DAY_MILLISECONDS = 86_400_000;

/** Whole days; negative after the expiry. */
export function daysUntil(expiresAt: string, now: number): number {
  return Math.floor((Date.parse(expiresAt) - now) / DAY_MILLISECONDS);
}

/** `2027-03-01` */
export function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

interface ExpiryRule {
  /** What expires, as the start of a sentence. */
  readonly name: string;
  readonly expiresAt: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The most days left that are a notice, a warning and critical. */
  readonly limits: Readonly<Record<Finding["severity"], number>>;
  readonly expiring: FindingCode;
  readonly expired: FindingCode;
}

/** Nothing, a finding that it expires soon, or one that it has expired. */
export function judgeExpiry(rule: ExpiryRule): Finding[] {
  const { name, expiresAt, now, limits } = rule;
  const left = daysUntil(expiresAt, now);
  if (left > limits.notice) return [];
  if (left < 0) return [finding(rule.expired, `${name} expired on ${dayOf(expiresAt)}.`)];
  return [
    finding(rule.expiring, `${name} expires in ${days(left)}, on ${dayOf(expiresAt)}.`, {
      severity: left <= limits.critical ? "critical" : left <= limits.warning ? "warning" : "notice",
    }),
  ];
}

export function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
