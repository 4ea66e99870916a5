import { describe, expect, it } from "vitest";
import { parseExpression } from "./schedule-expression.ts";

interface From {
  readonly after?: string;
  readonly timeZone?: string;
  readonly count?: number;
}

/** The next runs, ISO 8601 without seconds; by default three, from 2026-01-01, in UTC. */
function runs(expression: string, from: From = {}): string[] {
  const { after = "2026-01-01T00:00Z", timeZone = "UTC", count = 3 } = from;
  const start = Date.parse(after);
  const { next } = parseExpression(expression, timeZone, start);
  const found: string[] = [];
  for (let at = next(start - 1); at !== null && found.length < count; at = next(at)) {
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

describe("rate", () => {
  it("runs at once and then at every multiple", () => {
    expect(runs("rate(5 minutes)")).toEqual(["2026-01-01T00:00", "2026-01-01T00:05", "2026-01-01T00:10"]);
    expect(runs("rate(1 hour)", { count: 2 })).toEqual(["2026-01-01T00:00", "2026-01-01T01:00"]);
  });

  it("takes a day for 24 hours, whatever daylight saving makes of it", () => {
    expect(runs("rate(1 day)", { after: "2026-03-28T11:00Z", timeZone: "Europe/Berlin" })).toEqual([
      "2026-03-28T11:00",
      "2026-03-29T11:00",
      "2026-03-30T11:00",
    ]);
  });
});

describe("at", () => {
  it("runs once, at a local time", () => {
    expect(runs("at(2026-07-01T09:30:00)")).toEqual(["2026-07-01T09:30"]);
    expect(runs("at(2026-07-01T09:30:00)", { timeZone: "Europe/Berlin" })).toEqual(["2026-07-01T07:30"]);
    expect(runs("at(2025-07-01T09:30:00)")).toEqual([]);
  });
});

describe("cron", () => {
  it("takes minutes and hours in lists, ranges and steps", () => {
    expect(runs("cron(0/20 9 * * ? *)")).toEqual([
      "2026-01-01T09:00",
      "2026-01-01T09:20",
      "2026-01-01T09:40",
    ]);
    expect(runs("cron(50/5 * * * ? *)")).toEqual([
      "2026-01-01T00:50",
      "2026-01-01T00:55",
      "2026-01-01T01:50",
    ]);
    expect(runs("cron(15 8-9,20 * * ? *)")).toEqual([
      "2026-01-01T08:15",
      "2026-01-01T09:15",
      "2026-01-01T20:15",
    ]);
    expect(runs("cron(*/30 * * * ? *)")).toEqual([
      "2026-01-01T00:00",
      "2026-01-01T00:30",
      "2026-01-01T01:00",
    ]);
  });

  it("counts days of the week from 1, Sunday, to 7, Saturday", () => {
    // 2026-01-04 is a Sunday.
    expect(runs("cron(0 10 ? * 1 *)", { count: 2 })).toEqual(["2026-01-04T10:00", "2026-01-11T10:00"]);
    expect(runs("cron(0 10 ? * SUN *)", { count: 2 })).toEqual(["2026-01-04T10:00", "2026-01-11T10:00"]);
    expect(runs("cron(0 10 ? * 7 *)", { count: 1 })).toEqual(["2026-01-03T10:00"]);
    expect(runs("cron(0 10 ? * MON-FRI *)", { count: 3 })).toEqual([
      "2026-01-01T10:00",
      "2026-01-02T10:00",
      "2026-01-05T10:00",
    ]);
    expect(runs("cron(0 10 ? * 2-6 *)")).toEqual(runs("cron(0 10 ? * MON-FRI *)"));
    expect(runs("cron(0 10 ? * L *)")).toEqual(runs("cron(0 10 ? * SAT *)"));
  });

  it("knows the last day, the nearest working day, the last and the nth weekday of a month", () => {
    expect(runs("cron(0 10 L * ? *)")).toEqual(["2026-01-31T10:00", "2026-02-28T10:00", "2026-03-31T10:00"]);
    // 2026-02-15 is a Sunday.
    expect(runs("cron(0 10 15W * ? *)")).toEqual([
      "2026-01-15T10:00",
      "2026-02-16T10:00",
      "2026-03-16T10:00",
    ]);
    expect(runs("cron(0 10 LW * ? *)", { count: 2 })).toEqual(["2026-01-30T10:00", "2026-02-27T10:00"]);
    expect(runs("cron(0 10 ? * 6L *)", { count: 2 })).toEqual(["2026-01-30T10:00", "2026-02-27T10:00"]);
    expect(runs("cron(0 10 ? * FRI#2 *)", { count: 2 })).toEqual(["2026-01-09T10:00", "2026-02-13T10:00"]);
    expect(runs("cron(0 10 ? * 6#2 *)")).toEqual(runs("cron(0 10 ? * FRI#2 *)"));
  });

  it("takes months by name and years", () => {
    expect(runs("cron(0 0 1 JAN,JUL ? 2026-2027)", { count: 9 })).toEqual([
      "2026-01-01T00:00",
      "2026-07-01T00:00",
      "2027-01-01T00:00",
      "2027-07-01T00:00",
    ]);
    expect(runs("cron(0 0 1 1 ? 2027/5)", { count: 2 })).toEqual(["2027-01-01T00:00", "2032-01-01T00:00"]);
    expect(runs("cron(0 0 1 1 ? 2020)")).toEqual([]);
    expect(runs("cron(0 0 31 2 ? *)")).toEqual([]);
  });

  it("runs at a local time, before and after the clocks change", () => {
    expect(
      runs("cron(0 9 * * ? *)", { after: "2026-03-28T00:00Z", timeZone: "Europe/Berlin", count: 2 }),
    ).toEqual(["2026-03-28T08:00", "2026-03-29T07:00"]);
  });

  it("skips a local time that daylight saving leaves out", () => {
    // Berlin goes from 02:00 to 03:00 on 2026-03-29.
    expect(runs("cron(30 2 * * ? *)", { after: "2026-03-28T00:00Z", timeZone: "Europe/Berlin" })).toEqual([
      "2026-03-28T01:30",
      "2026-03-30T00:30",
      "2026-03-31T00:30",
    ]);
  });

  it("runs once at a local time that comes twice", () => {
    // Berlin goes from 03:00 back to 02:00 on 2026-10-25.
    const berlin = { after: "2026-10-24T23:00Z", timeZone: "Europe/Berlin" };

    expect(runs("cron(30 2 * * ? *)", berlin)).toEqual([
      "2026-10-25T00:30",
      "2026-10-26T01:30",
      "2026-10-27T01:30",
    ]);
    expect(runs("cron(30 * * * ? *)", berlin)).toEqual([
      "2026-10-24T23:30",
      "2026-10-25T00:30",
      "2026-10-25T02:30",
    ]);
  });
});

describe("an invalid expression", () => {
  it.each([
    "every day",
    "rate(0 minutes)",
    "rate(1 week)",
    "rate(1.5 hours)",
    "at(2026-02-30T00:00:00)",
    "at(2026-02-01)",
    "at(2026-02-01T00:00:00Z)",
    "cron(0 10 * * ?)",
    "cron(0 0 10 * * ? *)",
    "cron(0 10 * * * *)",
    "cron(0 10 ? * ? *)",
    "cron(0 10 1 * MON *)",
    "cron(? 10 1 * ? *)",
    "cron(60 10 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 10 0 * ? *)",
    "cron(0 10 ? * 0 *)",
    "cron(0 10 ? * 8 *)",
    "cron(0 10 ? * MON#6 *)",
    "cron(0 10 * 13 ? *)",
    "cron(0 10 * * ? 1969)",
    "cron(0 10 * * ? 2200)",
    "cron(L 10 * * ? *)",
    "cron(0 10 10-5 * ? *)",
    "cron(*/0 10 * * ? *)",
    "cron(0,,5 10 * * ? *)",
  ])("is refused: %s", (expression) => {
    expect(() => parseExpression(expression, "UTC", 0)).toThrow(
      expect.objectContaining({
        name: "ValidationException",
        message: expect.stringContaining("Invalid Schedule Expression") as string,
      }),
    );
  });

  it("is refused with a time zone that does not exist", () => {
    expect(() => parseExpression("rate(1 day)", "Europe/Atlantis", 0)).toThrow("Europe/Atlantis");
  });
});
