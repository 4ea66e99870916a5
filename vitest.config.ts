import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "functions/**/*.test.ts", "tests/**/*.test.ts"],
    // Any exchange with a simulator that is not as the service's contract says fails the test that it happens in.
    setupFiles: ["tests/support/contract-setup.ts"],
    globalSetup: ["tests/support/contract-report.ts"],
    env: {
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ACCESS_KEY_ID: "sandbox",
      AWS_SECRET_ACCESS_KEY: "sandbox",
      AWS_REGION: "eu-central-1",
    },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
