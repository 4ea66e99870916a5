import { readdirSync, readFileSync } from "node:fs";
import { FLOW_INPUTS } from "@landbridge/api";
import { FLOWS } from "@landbridge/host/state-machines";
import { describe, expect, it } from "vitest";

const FOLDER = new URL("../../stepfunctions/", import.meta.url);

/** Members that flows and schedules set, not people. */
const OF_MACHINES = ["requestedBy", "claimAt"];

const examples = FLOWS.flatMap((flow) =>
  readdirSync(new URL(`${flow}/examples/`, FOLDER)).map((file) => [flow, file] as const),
);

describe("examples of inputs", () => {
  it("are there for every flow that the API starts, and the API starts every flow", () => {
    expect(new Set(examples.map(([flow]) => flow))).toEqual(new Set(FLOWS));
    expect(Object.keys(FLOW_INPUTS).toSorted()).toEqual(FLOWS.toSorted());
  });

  it.each(examples.filter(([, file]) => file !== "schedule.json"))(
    "of %s: %s is an input that the API takes",
    (flow, file) => {
      const text = readFileSync(new URL(`${flow}/examples/${file}`, FOLDER), "utf8");
      const input = Object.entries(JSON.parse(text) as object).filter(
        ([name]) => !OF_MACHINES.includes(name),
      );
      expect(FLOW_INPUTS[flow].safeParse(Object.fromEntries(input)).error).toBeUndefined();
    },
  );
});
