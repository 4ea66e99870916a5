import { expect, it } from "vitest";
import { mapOver } from "../../test-support/definitions.ts";
import { machineOf } from "../../test-support/run-machine.ts";
import { findDefinitionProblems } from "./parse-state-machine.ts";

it("says that distributed Maps are not imitated, and where to read on", () => {
  const processor = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }, StartAt: "I" };
  const M = mapOver([1], {}, { ItemProcessor: { ...processor, States: { I: { Type: "Succeed" } } } });

  expect(findDefinitionProblems(machineOf({ M }))).toEqual([
    {
      path: "$.States.M.ItemProcessor.ProcessorConfig.Mode",
      message: 'must be "INLINE": distributed Maps are not imitated; see packages/local/coverage.md',
    },
  ]);
});
