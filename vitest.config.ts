import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const env = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: "sandbox",
  AWS_SECRET_ACCESS_KEY: "sandbox",
  AWS_REGION: "eu-central-1",
  // What functions call while tests run, for the test that comes after all others.
  LANDBRIDGE_RECORDED_CALLS:
    process.env["LANDBRIDGE_RECORDED_CALLS"] ??
    fileURLToPath(new URL("node_modules/.cache/landbridge/recorded-calls", import.meta.url)),
};
/**
 * Files share the process of their worker, so that what takes seconds (SDKs, contracts) is loaded once. A worker for each core, of
 * which vitest itself leaves one idle.
 */
const workers = { isolate: false, maxWorkers: availableParallelism() } as const;
/** A busy machine may be slow; no test may depend on how fast it is. */
const timeouts = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000 } } };
/** `npm test` runs it when all others have passed (`posttest`): it judges what they have seen. */
const LAST = "tests/infra/granted-is-used.test.ts";

function isLong({ moduleId }: TestSpecification): number {
  return Number(/\/tests\/(simulation|docs)\//.test(moduleId));
}

/** The longest first: begun last, they would keep one core busy while the other has nothing left to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => isLong(b) - isLong(a));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "tests",
          include: ["packages/**/*.test.ts", "functions/**/*.test.ts", "tests/**/*.test.ts"],
          exclude: ["**/node_modules/**", LAST],
          // Any exchange with a simulator that is not as the service's contract says fails the test that it happens in; what a
          // file leaves behind in the process fails the file.
          setupFiles: ["tests/support/contract-setup.ts", "tests/support/leftovers.ts"],
          globalSetup: ["tests/support/contract-report.ts", "tests/support/recorded-calls.ts"],
          env,
          ...workers,
          ...timeouts,
        },
      },
      { test: { name: "after", include: [LAST], env, ...workers, ...timeouts } },
    ],
  },
});
