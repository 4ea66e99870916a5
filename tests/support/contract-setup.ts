import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { contractCheck, describeViolation } from "@landbridge/contract-check";
import { afterAll, afterEach, inject } from "vitest";

/**
 * Fails the test that a violation happened in. Tests that run at the same time share the list: then the first to end fails.
 * What happens outside of tests, in hooks and when tests clean up, fails the next test or the file.
 */
async function failOnViolations(): Promise<void> {
  await contractCheck.settle();
  const violations = [...new Set(contractCheck.takeViolations().map(describeViolation))];
  if (violations.length === 0) return;
  throw new Error(`Not as the contract says:\n${violations.map((line) => `  ${line}`).join("\n")}`);
}

afterEach(failOnViolations);

afterAll(async () => {
  await failOnViolations();
  const counts = contractCheck.takeCounts();
  if (Object.keys(counts).length === 0) return;
  writeFileSync(`${inject("contractCounts")}/${randomUUID()}.json`, JSON.stringify(counts));
});
