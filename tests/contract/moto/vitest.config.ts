import { defineConfig } from "vitest/config";

/** The suites of `tests/contract`, unchanged, against the server that `run.ts` has started. */
export default defineConfig({
  test: {
    include: ["tests/contract/moto/aws-ports.moto.ts"],
    env: {
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ACCESS_KEY_ID: "123456789012",
      AWS_SECRET_ACCESS_KEY: "moto",
      AWS_REGION: "eu-central-1",
    },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
