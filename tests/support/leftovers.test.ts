import { describe, expect, it, onTestFinished, vi } from "vitest";
import { traces } from "./leftovers.ts";

const nothing = () => undefined;

describe("what a test file may not leave behind", () => {
  const before = traces();

  it("is an environment variable", () => {
    vi.stubEnv("LANDBRIDGE_LEFT_BEHIND", "yes");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(traces()).not.toEqual(before);
  });

  it("is a clock that stands still", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    expect(traces()).not.toEqual(before);
  });

  it("is a listener of a signal", () => {
    process.on("SIGINT", nothing);
    onTestFinished(() => void process.off("SIGINT", nothing));
    expect(traces()).not.toEqual(before);
  });

  it("is nothing when all is put back", () => {
    expect(traces()).toEqual(before);
  });
});
