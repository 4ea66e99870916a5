import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseYaml } from "./parse-yaml.ts";

const Schema = z.strictObject({
  version: z.literal(1),
  mode: z.enum(["ignore", "expand"]).default("ignore"),
  enabled: z.boolean().default(true),
  names: z.array(z.string().min(1)).min(1).optional(),
  policies: z.array(z.union([z.string(), z.strictObject({ name: z.string() })])).optional(),
  tags: z.record(z.string().regex(/^[a-z]+$/, "expected lower case letters"), z.string()).optional(),
  region: z.string().regex(/-\d$/, "expected a region").optional(),
});

function messageOf(text: string): string {
  try {
    parseYaml(Schema, text, { file: "a.yaml", error: "PolicyInvalid" });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "accepted";
}

describe("parsing YAML", () => {
  it("gives the value, with defaults, and the position of every node", () => {
    const parsed = parseYaml(Schema, "version: 1\nnames:\n  - Ada\n  - 'Grace'\n", {
      file: "a.yaml",
      error: "PolicyInvalid",
    });

    expect(parsed.value).toEqual({ version: 1, mode: "ignore", enabled: true, names: ["Ada", "Grace"] });
    expect(parsed.positions["names"]).toEqual({ file: "a.yaml", line: 2, column: 1 });
    expect(parsed.positions["names.1"]).toEqual({ file: "a.yaml", line: 4, column: 5 });
  });

  it("resolves aliases and merge keys where it is asked to, and refuses those that unfold without end", () => {
    const source = { file: "a.yaml", error: "PolicyInvalid", aliases: "resolve" } as const;
    const Shared = z.looseObject({ own: z.looseObject({ mode: z.string() }) });
    const text = "shared: &shared { mode: expand }\nown: { <<: *shared, more: 1 }\n";
    expect(parseYaml(Shared, text, source).value.own).toEqual({ mode: "expand", more: 1 });
    expect(() => parseYaml(Shared, "own: *nobody\n", source)).toThrow(/^a\.yaml:1:1: .*nobody/);
  });

  it("fails under the name that its caller gives", () => {
    expect(() => parseYaml(Schema, "version: 2", { file: "a.yaml", error: "InvalidStepInput" })).toThrow(
      expect.objectContaining({ name: "InvalidStepInput" }),
    );
  });

  it.each([
    ["an unknown key", "version: 1\nmoed: expand\n", 'a.yaml:2:1: unknown key "moed" (did you mean "mode"?)'],
    ["a missing key", "mode: expand\n", "a.yaml:1:1 version: is missing; expected 1"],
    [
      "a wrong word",
      "version: 1\nmode: expnd\n",
      'a.yaml:2:7 mode: expected "ignore" or "expand", found "expnd" (did you mean "expand"?)',
    ],
    [
      "a wrong type",
      "version: 1\nenabled: maybe\n",
      'a.yaml:2:10 enabled: expected true or false, found "maybe"',
    ],
    ["a text for a list", "version: 1\nnames: Ada\n", 'a.yaml:2:8 names: expected a list, found "Ada"'],
    ["an empty list", "version: 1\nnames: []\n", "a.yaml:2:1 names: expected at least 1 entry, found 0"],
    ["an empty text", "version: 1\nnames: ['']\n", "a.yaml:2:9 names[0]: must not be empty"],
    ["a key without a value", "version: 1\nnames:\n", "a.yaml:2:1 names: expected a list, found nothing"],
    [
      "a number for a text",
      "version: 1\nnames: [12]\n",
      'a.yaml:2:9 names[0]: expected text, found the number 12; put it in quotes: "12"',
    ],
    [
      "an account id for a text",
      "version: 1\nnames: [012345678901]\n",
      'a.yaml:2:9 names[0]: expected text, found the number 012345678901; put account ids in quotes: "012345678901"',
    ],
    [
      "neither shape of two",
      "version: 1\npolicies: [[x]]\n",
      "a.yaml:2:12 policies[0]: expected text or a mapping, found a list",
    ],
    [
      "a mistake inside one shape of two",
      "version: 1\npolicies: [{nam: x}]\n",
      'a.yaml:2:12 policies[0].name: is missing; expected text\na.yaml:2:13 policies[0]: unknown key "nam" (did you mean "name"?)',
    ],
    [
      "a wrong name of an entry",
      "version: 1\ntags:\n  A1: x\n",
      "a.yaml:3:3 tags.A1: expected lower case letters",
    ],
    ["what a schema words itself", "version: 1\nregion: here\n", "a.yaml:2:9 region: expected a region"],
    ["an empty file", "", "a.yaml:1:1: expected a mapping, found nothing"],
    [
      "a repeated key",
      "version: 1\nversion: 1\n",
      "a.yaml:2:1: the key version occurs twice in this mapping",
    ],
    [
      "a repeated quoted key",
      '"a b": 1\n"a b": 1\n',
      'a.yaml:2:1: the key "a b" occurs twice in this mapping',
    ],
    [
      "a second document",
      "version: 1\n---\nversion: 1\n",
      "a.yaml:2:1: a second document starts here (---); expected one",
    ],
    [
      "an alias",
      "version: &v 1\nmode: *v\n",
      "a.yaml:2:7: aliases (*name) are not supported; write the value out",
    ],
  ])("explains %s", (_, text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  it("points at the place where the text stops being YAML", () => {
    expect(messageOf("version: 1\nnames: [a,\nmode: b")).toMatch(/^a\.yaml:3:\d+: this is not valid YAML: /);
    expect(messageOf("version: 1\nmode: !secret x\n")).toMatch(
      /^a\.yaml:2:7: this is not valid YAML: .*!secret/,
    );
  });

  it("reports everything at once, in the order of the file", () => {
    expect(
      messageOf("mode: x\nenabled: 3\nother: 1\n")
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(["a.yaml:1:1", "a.yaml:1:7", "a.yaml:2:10", "a.yaml:3:1:"]);
  });

  it("refuses an alias that refers to itself without falling into it", () => {
    expect(messageOf("names: &a [*a, *a]\n")).toContain("aliases (*name) are not supported");
  });
});
