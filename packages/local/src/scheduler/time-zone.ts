/** Local times of a time zone, written as milliseconds since the epoch of a clock on a wall that shows them. */
export interface TimeZone {
  toWall(instant: number): number;
  /** @returns the first instant at which the clock shows the time; null for a time that daylight saving skips */
  toInstant(wall: number): number | null;
}

const DAY = 86_400_000;

/** @param name of the IANA database @throws {RangeError} if there is no such time zone */
export function makeTimeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });

  function toWall(instant: number): number {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }

  return {
    toWall,
    toInstant(wall) {
      // Offsets change less than once a day: those of the day before and the day after are all there can be.
      const offsets = [wall - DAY, wall + DAY].map((near) => toWall(near) - near);
      const instants = offsets.map((offset) => wall - offset).filter((instant) => toWall(instant) === wall);
      return instants.length === 0 ? null : Math.min(...instants);
    },
  };
}
