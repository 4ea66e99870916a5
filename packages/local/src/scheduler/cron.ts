import { Cron } from "croner";
import { ApiError } from "../aws-api/api-error.ts";
import type { TimeZone } from "./time-zone.ts";

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The form of one item of the comma-separated list. */
  readonly item: RegExp;
}

const RANGE = String.raw`(?:\*|\d+(?:-\d+)?)(?:/\d+)?`;
const MONTH = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";
const WEEKDAY = "SUN|MON|TUE|WED|THU|FRI|SAT";

/** The six fields [EventBridge Scheduler user guide, cron-based schedules]. */
const FIELDS: readonly Field[] = [
  { name: "minutes", min: 0, max: 59, item: whole(RANGE) },
  { name: "hours", min: 0, max: 23, item: whole(RANGE) },
  { name: "day-of-month", min: 1, max: 31, item: whole(String.raw`${RANGE}|L|LW|\d+W`) },
  { name: "month", min: 1, max: 12, item: whole(`${RANGE}|${named(MONTH)}`) },
  {
    name: "day-of-week",
    min: 1,
    max: 7,
    item: whole(String.raw`${RANGE}|L|(?:\d|${WEEKDAY})(?:L|#[1-5])|${named(WEEKDAY)}`),
  },
  { name: "year", min: 1970, max: 2199, item: whole(RANGE) },
];
const DAY_OF_MONTH = 2;
const DAY_OF_WEEK = 4;

/**
 * @param expression the text inside `cron(…)`
 * @returns the first run after an instant, in milliseconds since the epoch; null when there is none. A run at a local time
 *   that daylight saving leaves out is skipped, and one at a time that comes twice happens once [EventBridge Scheduler user
 *   guide, "Daylight savings time"].
 * @throws {ApiError} ValidationException
 */
export function parseCron(expression: string, zone: TimeZone): (after: number) => number | null {
  const cron = compile(translate(expression), expression);
  return (after) => {
    let wall = new Date(zone.toWall(after));
    for (;;) {
      const next = cron.nextRun(wall);
      if (!next) return null;
      const instant = zone.toInstant(next.getTime());
      if (instant !== null && instant > after) return instant;
      wall = next;
    }
  };
}

/** Wall-clock times are passed as if they were UTC, so that the rules for daylight saving are ours. */
function compile(pattern: string, expression: string): Cron {
  try {
    return new Cron(pattern, { mode: "7-part", alternativeWeekdays: true, utcOffset: 0, paused: true });
  } catch (error) {
    throw invalid(expression, (error as Error).message);
  }
}

/** From AWS's fields to croner's: seconds in front, no `?`, steps from a number written as ranges. */
function translate(expression: string): string {
  const fields = expression.trim().toUpperCase().split(/\s+/);
  if (fields.length !== FIELDS.length) throw invalid(expression, `it has ${fields.length} fields and not 6`);
  const isAnyDay = [fields[DAY_OF_MONTH], fields[DAY_OF_WEEK]].filter((field) => field === "?").length;
  if (isAnyDay !== 1) throw invalid(expression, "one of day-of-month and day-of-week must be ?");
  const translated = FIELDS.map((field, index) => translateField(fields[index] ?? "", field, expression));
  return ["0", ...translated].join(" ");
}

function translateField(text: string, field: Field, expression: string): string {
  if (text === "?") {
    if (field.name.startsWith("day-of-")) return "*";
    throw invalid(expression, `${field.name} must not be ?`);
  }
  const items = text.split(",").map((item) => {
    if (!field.item.test(item)) throw invalid(expression, `${field.name} has ${item || "nothing"}`);
    const [values = "", step] = item.split("/");
    // The fifth weekday of a month and the step are no values of the field.
    const numbers = values.replace(/#.*/, "").match(/\d+/g) ?? [];
    if (numbers.some((number) => Number(number) < field.min || Number(number) > field.max)) {
      throw invalid(expression, `${field.name} goes from ${field.min} to ${field.max}`);
    }
    if (field.name === "day-of-week" && item === "L") return String(field.max);
    return step !== undefined && /^\d+$/.test(values) ? `${values}-${field.max}/${step}` : item;
  });
  return items.join(",");
}

function invalid(expression: string, reason: string): ApiError {
  return new ApiError("ValidationException", `Invalid Schedule Expression cron(${expression}): ${reason}.`);
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

/** One of the names, or a range of them. */
function named(names: string): string {
  return `(?:${names})(?:-(?:${names}))?(?:/\\d+)?`;
}
