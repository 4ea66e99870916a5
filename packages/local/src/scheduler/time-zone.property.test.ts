import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeTimeZone } from "./time-zone.ts";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
];
const second = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2034, 0, 1) / 1000 })
  .map((seconds) => seconds * 1000);

describe("a time zone", () => {
  it("finds an instant for every local time that its clock has shown, never a later one", () => {
    const zones = ZONES.map(makeTimeZone);
    fc.assert(
      fc.property(fc.constantFrom(...zones), second, (zone, instant) => {
        const wall = zone.toWall(instant);
        const found = zone.toInstant(wall) ?? Number.NaN;
        expect(zone.toWall(found)).toBe(wall);
        expect(found).toBeLessThanOrEqual(instant);
      }),
      { numRuns: 500 },
    );
  });
});
