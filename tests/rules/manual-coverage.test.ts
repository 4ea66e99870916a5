import { readFileSync } from "node:fs";
import { readDefinition } from "@landbridge/host/state-machines";
import { TASK_KINDS } from "@landbridge/core";
import { describe, expect, it } from "vitest";

const page = readFileSync(new URL("../../docs/manual-coverage.md", import.meta.url), "utf8");
const { States } = JSON.parse(readDefinition("connect")) as { States: Record<string, { Type: string }> };
/** The states that a person would miss; how the flow ends without an answer is not in the manual. */
const doing = Object.keys(States).filter((name) => States[name]?.Type === "Task" && name !== "ExpireTask");

function rowsOf(heading: string): string[][] {
  const [, section = ""] = page.split(new RegExp(`^${heading}$`, "m"));
  const table = section.split(/^## /m)[0] ?? "";
  const rows = table.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const steps = rowsOf("# The manual's five steps, and where each is done");
const warnings = rowsOf("## Its warnings");

describe("docs/manual-coverage.md", () => {
  it("covers the five steps", () => {
    const numbers = steps.flatMap(([step]) => /^\d/.exec(step ?? "")?.[0] ?? []);
    expect(new Set(numbers)).toEqual(new Set(["1", "2", "3", "4", "5"]));
  });

  it("names the states of connect, all of them and no other, in their order", () => {
    const named = steps.map((row) => row[2]?.replaceAll("`", "") ?? "");
    expect([...new Set(named)]).toEqual(doing);
  });

  it.each(warnings)("is right that the task tells: %s", (_warning, task, words) => {
    const name = /guides\/([a-z-]+)\.md/.exec(task ?? "")?.[1];
    const kind = TASK_KINDS.find((one) => one.kind === name);
    expect(kind, task).toBeDefined();
    const said = JSON.stringify(kind?.guide(kind.sample));
    expect(said).toContain(words?.replaceAll('"', ""));
  });
});
