import { readFileSync } from "node:fs";
import { CONCERNS, FINDINGS } from "@landbridge/core";
import { describe, expect, it } from "vitest";

const PAGE = readFileSync(new URL("../../docs/health.md", import.meta.url), "utf8");

/** Cells of the rows of the table whose first column has that heading. */
function rowsOf(head: string): string[][] {
  const lines = PAGE.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head} `));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("docs/health.md", () => {
  it("has every finding that there is, and no other, with its severities, why it matters and its remedy", () => {
    const table = Object.entries(FINDINGS).map(([code, { severities, why, remedy }]) => [
      `\`${code}\``,
      severities.join(", "),
      why,
      remedy,
    ]);
    expect(rowsOf("code")).toEqual(table);
  });

  it("has every concern that there is, and no other", () => {
    expect(rowsOf("concern").map(([concern]) => concern)).toEqual(
      CONCERNS.map((concern) => `\`${concern}\``),
    );
  });
});

describe("stepfunctions/watch", () => {
  it("looks at every concern unless the input names some", () => {
    const definition = readFileSync(
      new URL("../../stepfunctions/watch/watch.asl.json", import.meta.url),
      "utf8",
    );
    const listed = /: \[('[^\]]+)\]/.exec(definition)?.[1]?.replaceAll("'", "").split(", ");
    expect(listed).toEqual([...CONCERNS]);
  });

  it("names only concerns that there are in its examples", () => {
    const example = readFileSync(
      new URL("../../stepfunctions/watch/examples/after-flow.json", import.meta.url),
      "utf8",
    );
    const { concerns } = JSON.parse(example) as { concerns: string[] };
    expect(concerns.filter((concern) => !(CONCERNS as readonly string[]).includes(concern))).toEqual([]);
  });
});
