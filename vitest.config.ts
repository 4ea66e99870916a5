import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { defineConfig } from "vitest/config";

/** What functions call while tests run, for the test that comes after all others. This file is read once for each project. */
const recordedCalls = (process.env["LANDBRIDGE_RECORDED_CALLS"] ??= mkdtempSync(
  `${tmpdir()}/landbridge-calls-`,
));
process.once("exit", () => rmSync(recordedCalls, { recursive: true, force: true }));

const env = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_REGION: "eu-central-1",
  LANDBRIDGE_RECORDED_CALLS: recordedCalls,
};
const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };
const LAST = "tests/infra/granted-is-used.test.ts";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "tests",
          include: ["packages/**/*.test.ts", "functions/**/*.test.ts", "tests/**/*.test.ts"],
          exclude: ["**/node_modules/**", LAST],
          // Any exchange with a simulator that is not as the service's contract says fails the test that it happens in.
          setupFiles: ["tests/support/contract-setup.ts"],
          globalSetup: ["tests/support/contract-report.ts"],
          sequence: { groupOrder: 0 },
          env,
          ...timeouts,
        },
      },
      { test: { name: "after", include: [LAST], sequence: { groupOrder: 1 }, env, ...timeouts } },
    ],
  },
});
