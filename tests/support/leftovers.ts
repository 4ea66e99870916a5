import { afterAll, expect, vi } from "vitest";

const SIGNALS = ["SIGINT", "SIGTERM", "exit"] as const;

/** What one test file would find of another: they share their process. */
export function traces() {
  // Written by Powertools when it is loaded.
  const { AWS_SDK_UA_APP_ID: _, ...variables } = process.env;
  return {
    variables,
    folder: process.cwd(),
    timersAreFake: vi.isFakeTimers(),
    listeners: SIGNALS.map((signal) => process.listenerCount(signal)),
  };
}

const before = traces();
/** Fails the file that leaves something behind. */
afterAll(() => expect(traces(), "what this file leaves behind").toEqual(before));
