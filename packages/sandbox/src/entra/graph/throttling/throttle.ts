import { throttled } from "../../errors.ts";
import type { EntraState } from "../../state.ts";
import type { Cost } from "./resource-units.ts";
import { UnitBucket } from "./unit-bucket.ts";

/** From this share on, the answer reports how much of the quota is used, up to the highest value that it reports. */
const TOLD_FROM = 0.8;
const TOLD_TO = 1.8;

/** The quotas of identity and access that one application meets in one tenant. */
export interface Throttle {
  /** Sets the quota headers. @throws {GraphRefusal} 429 if a quota is used up; nothing is deducted then */
  admit(cost: Cost, headers: Headers): void;
}

/**
 * Limits of an application in a tenant ("Microsoft Graph service-specific throttling limits"). Those of a tenant for all its
 * applications and of an application in all its tenants are higher: with one of each they are never reached.
 */
export function makeThrottle(state: EntraState, clientId: string): Throttle {
  const { clock } = state.kernel;
  const units = new UnitBucket(clock, unitsOf(state.users.size), 10_000);
  const writes = new UnitBucket(clock, 3000, 150_000);

  function refuse(bucket: UnitBucket, amount: number, { headers, isWrite }: Refusing): void {
    const seconds = bucket.secondsUntil(amount);
    if (seconds === 0) return;
    tell((bucket.used() + amount) / bucket.capacity, headers);
    const limit = isWrite ? "Write" : "ReadWrite";
    headers.set("x-ms-throttle-scope", `Tenant_Application/${limit}/${clientId}/${state.tenant.id}`);
    headers.set("x-ms-throttle-information", isWrite ? "WriteLimitExceeded" : "ResourceUnitLimitExceeded");
    throw throttled(seconds);
  }

  return {
    admit(cost, headers) {
      headers.set("x-ms-resource-unit", String(cost.units));
      refuse(units, cost.units, { headers, isWrite: false });
      if (cost.isWrite) refuse(writes, 1, { headers, isWrite: true });
      units.take(cost.units);
      if (cost.isWrite) writes.take(1);
      const shares = [units, writes].map((bucket) => bucket.used() / bucket.capacity);
      tell(Math.max(...shares), headers);
    },
  };
}

interface Refusing {
  readonly headers: Headers;
  readonly isWrite: boolean;
}

/** Resource units in ten seconds, by the size of the tenant: S, M, L. */
function unitsOf(userCount: number): number {
  if (userCount < 50) return 3500;
  return userCount <= 500 ? 5000 : 8000;
}

function tell(share: number, headers: Headers): void {
  if (share < TOLD_FROM) return;
  headers.set("x-ms-throttle-limit-percentage", Math.min(TOLD_TO, share).toFixed(2));
}
