import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bindPolicy, isFlowError, parseAccessPolicy, readDirectory, reviewPolicy } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { type DocBlock, docBlocks } from "../support/doc-blocks.ts";
import { aFlowHost } from "../support/flow-host.ts";
import { exampleCompany } from "../support/read-yaml.ts";

const NOW = "2026-11-03T08:00:00.000Z";

const blocks = docBlocks("policy.md");
const policies = blocks.filter(({ info }) => info.startsWith("yaml"));
/** The page's frame for examples that show only a part. */
const around = policies[1]?.text ?? "";

interface Read {
  /** Null when the policy is refused. */
  readonly assignments: number | null;
  readonly refusal: string;
  /** Remarks on the file alone. */
  readonly review: readonly string[];
  /** Warnings about the file in the example company. */
  readonly warnings: readonly string[];
}

/** Reads an example as the product does: parsed, looked up in the example company's clouds, and bound. */
async function read({ text }: DocBlock): Promise<Read> {
  const { deps } = await aFlowHost({ ...exampleCompany(), policy: around });
  try {
    const policy = parseAccessPolicy(completed(text), "access.yaml");
    const directory = await readDirectory(policy, deps);
    const organization = await deps.organization.read({ tags: true });
    const bound = bindPolicy(policy, { organization, directory, now: NOW }, deps.settings);
    return {
      assignments: bound.assignments.length,
      refusal: "",
      review: reviewPolicy(policy, NOW),
      warnings: bound.warnings,
    };
  } catch (error) {
    if (!isFlowError(error, "PolicyInvalid")) throw error;
    return { assignments: null, refusal: error.message, review: [], warnings: [] };
  }
}

/** Appends the keys that the example omits, so that its line numbers stay the same. */
function completed(text: string): string {
  const parts = around.split(/^(?=\w)/m);
  return [
    text,
    ...parts.filter((part) => !text.split("\n").some((line) => line.startsWith(keyOf(part)))),
  ].join("");
}

/** `rules:` */
function keyOf(part: string): string {
  return part.slice(0, part.indexOf(":") + 1);
}

function after(block: DocBlock): string {
  return blocks[blocks.indexOf(block) + 1]?.text.trimEnd() ?? "";
}

describe("docs/policy.md", () => {
  it("has an example for every key of the schema", () => {
    const schema = readFileSync(
      fileURLToPath(new URL("../../docs/schemas/access.schema.json", import.meta.url)),
      "utf8",
    );
    const keys = new Set<string>();
    JSON.parse(schema, function (this: unknown, key: string, value: unknown) {
      if (key === "properties" && typeof value === "object" && value !== null)
        for (const name of Object.keys(value)) keys.add(name);
      return value;
    });
    const examples = policies.map(({ text }) => text).join("\n");
    expect([...keys].filter((key) => !new RegExp(`\\b${key}:`).test(examples))).toEqual([]);
  });

  it.each(policies.filter(({ info }) => info === "yaml").map((block) => [block.line, block] as const))(
    "line %i: an example that works in the example company",
    async (_, block) => {
      const { refusal, assignments } = await read(block);
      expect(refusal).toBe("");
      if (block.text.includes("- name:")) expect(assignments).toBeGreaterThan(0);
    },
  );

  it.each(
    policies.filter(({ info }) => info === "yaml refused").map((block) => [block.line, block] as const),
  )("line %i: a mistake, said as the page says it", async (_, block) => {
    expect((await read(block)).refusal).toBe(after(block));
  });

  it.each(
    policies.filter(({ info }) => info === "yaml checked").map((block) => [block.line, block] as const),
  )("line %i: a warning of policy check, said as the page says it", async (_, block) => {
    expect((await read(block)).review.join("\n")).toBe(after(block));
  });

  it.each(policies.filter(({ info }) => info === "yaml warned").map((block) => [block.line, block] as const))(
    "line %i: a warning of plan, said as the page says it",
    async (_, block) => {
      const { warnings } = await read(block);
      expect(warnings.filter((warning) => warning.includes("leaves out"))).toEqual([after(block)]);
    },
  );
});
