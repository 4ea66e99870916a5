import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AccessRule, parseAccessPolicy } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { docBlocks } from "../support/doc-blocks.ts";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { aFolder } from "../support/imported.ts";
import { exampleCompany } from "../support/read-yaml.ts";
import { cliOf, runCli } from "../support/run-cli.ts";

interface Exchange {
  readonly command: string;
  /** Lines that must be printed in this order; `…` stands for others. */
  readonly lines: readonly string[];
}

/** The commands of a block and their output according to the page. */
function exchanges(text: string): Exchange[] {
  return text
    .split(/^\s*\$ /m)
    .slice(1)
    .map((piece) => {
      const [command = "", ...lines] = piece.split("\n").map((line) => line.trim());
      return { command, lines: lines.filter((line) => line !== "" && line !== "…") };
    });
}

/** `npm start -- --x` is `demo --x`; `my` is the test's own folder. */
function argsOf(command: string, folder: string): string[] {
  const [, run, start] = /^npm (?:run landbridge -- (.*)|start -- (.*))$/.exec(command) ?? [];
  const words = (run ?? `demo --speed 50 ${start ?? ""}`).split(/\s+/);
  return words.map((word) => word.replace(/^my(?=\/|$)/, folder));
}

async function expectExchange({ command, lines }: Exchange, folder: string, run = runCli): Promise<void> {
  const { exitCode, out, err } = await run(...argsOf(command, folder));
  const printed = `${out}\n${err}`.replaceAll(folder, "my");
  expect(exitCode, printed).toBe(0);
  for (const stream of [out, err].map((text) => text.replaceAll(folder, "my"))) {
    const here = lines.filter((line) => stream.includes(line));
    expect(here, "in the order of the page").toEqual(
      here.toSorted((a, b) => stream.indexOf(a) - stream.indexOf(b)),
    );
  }
  expect(lines.filter((line) => !printed.includes(line))).toEqual([]);
}

/** The rules of a policy, without positions; permission sets do not matter. */
function rulesOf(text: string): Omit<AccessRule, "at">[] {
  return parseAccessPolicy(text, "access.yaml").rules.map(({ at: _at, ...rule }) => rule);
}

describe.each(["import.md", "adopt.md"])("docs/%s", (page) => {
  const blocks = docBlocks(page);

  it.each(blocks.filter(({ info }) => info === "console").map(({ line, text }) => [line, text] as const))(
    "line %i: commands print what the page says",
    async (_, text) => {
      const folder = aFolder();
      for (const exchange of exchanges(text)) await expectExchange(exchange, folder);
    },
  );

  // The pages that have such commands.
  it.each(blocks.some(({ info }) => info === "console connected") ? [page] : [])(
    "%s: commands that need an account print what the page says in one, and the file has the rules that the page shows",
    async () => {
      const host = await aFlowHost({
        ...exampleCompany(),
        policy: readFileSync("examples/access.yaml", "utf8"),
        speed: 25,
      });
      const [report] = await host.run("connect", {}, silent);
      expect(report?.status, `${report?.error} ${report?.cause}`).toBe("SUCCEEDED");
      const folder = aFolder();
      const connected = blocks.filter(({ info }) => info === "console connected");
      for (const exchange of connected.flatMap(({ text }) => exchanges(text)))
        await expectExchange(exchange, folder, cliOf(host).run);
      const adopted = rulesOf(readFileSync(join(folder, "access.yaml"), "utf8"));
      for (const { text } of blocks.filter(({ info }) => info === "yaml")) {
        const sets = "version: 1\npermissionSets: { DatabaseOperator: {} }\nrules:\n";
        expect(adopted).toEqual(expect.arrayContaining(rulesOf(`${sets}${text}`)));
      }
    },
    180_000,
  );
});
