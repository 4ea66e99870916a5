import { ApiError } from "../aws-api/api-error.ts";
import { parseCron } from "./cron.ts";
import { makeTimeZone, type TimeZone } from "./time-zone.ts";

export interface Recurrence {
  /** `at(…)`: start and end of the schedule do not count [GetSchedule: StartDate]. */
  readonly isOneTime: boolean;
  /** @returns the first run after an instant, both in milliseconds since the epoch; null if there is none */
  next(after: number): number | null;
}

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Reads `rate(…)`, `cron(…)` and `at(…)` [EventBridge Scheduler user guide, schedule-types].
 * @param firstRun of a rate, milliseconds since the epoch: the start date, or now
 * @throws {ApiError} ValidationException
 */
export function parseExpression(expression: string, timeZone: string, firstRun: number): Recurrence {
  const zone = readTimeZone(timeZone);
  const [, kind, inner = ""] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  switch (kind) {
    case "rate":
      return { isOneTime: false, next: parseRate(inner, firstRun) };
    case "cron":
      return { isOneTime: false, next: parseCron(inner, zone) };
    case "at":
      return { isOneTime: true, next: parseAt(inner, zone) };
    case undefined:
    default:
      throw invalid(expression);
  }
}

function parseRate(inner: string, firstRun: number): Recurrence["next"] {
  const [, value, unit = ""] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inner) ?? [];
  const unitMilliseconds = UNIT_MILLISECONDS[unit];
  if (value === undefined || unitMilliseconds === undefined) throw invalid(`rate(${inner})`);
  const period = Number(value) * unitMilliseconds;
  return (after) => {
    if (after < firstRun) return firstRun;
    return firstRun + (Math.floor((after - firstRun) / period) + 1) * period;
  };
}

function parseAt(inner: string, zone: TimeZone): Recurrence["next"] {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner) ? Date.parse(`${inner}Z`) : Number.NaN;
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(inner)) throw invalid(`at(${inner})`);
  const instant = zone.toInstant(wall);
  return (after) => (instant !== null && instant > after ? instant : null);
}

function readTimeZone(name: string): TimeZone {
  try {
    return makeTimeZone(name);
  } catch {
    throw new ApiError("ValidationException", `The ScheduleExpressionTimezone ${name} is not valid.`);
  }
}

function invalid(expression: string): ApiError {
  return new ApiError("ValidationException", `Invalid Schedule Expression ${expression}.`);
}
