import { ERRORS } from "@landbridge/core";
import { expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const REFERENCE = new URL("../../docs/reference/", import.meta.url);
const WRITTEN = "<!-- Written by `npx vitest run tests/rules/reference.test.ts -u`. -->";

/** The commands that a help text lists, without `help` itself. */
function commandsOf(help: string): string[] {
  const [, list = ""] = /\nCommands:\n((?: .*\n)+)/.exec(help) ?? [];
  return [...list.matchAll(/^ {2}([a-z-]+)/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "help");
}

/** The help of a command and of those below it. */
async function chapters(path: readonly string[]): Promise<string[]> {
  const { out } = await runCli(...path, "--help");
  const below = await Promise.all(commandsOf(out).map((name) => chapters([...path, name])));
  const title = ["landbridge", ...path].join(" ");
  return [`## ${title}\n\n\`\`\`text\n${out.trimEnd()}\n\`\`\``, ...below.flat()];
}

it("docs/reference/cli.md is the help of every command (-u writes it)", async () => {
  const page = [`# Commands`, WRITTEN, ...(await chapters([]))].join("\n\n");
  await expect(`${page}\n`).toMatchFileSnapshot(new URL("cli.md", REFERENCE).pathname);
});

it("docs/reference/errors.md has every error and its remedy (-u writes it)", async () => {
  const intro = `Every failure that a flow, the API or the CLI reports by name. \`Retry\` and \`Catch\` in a state machine match on these names. A
retryable failure is repeated by the state machine before the flow fails.`;
  const entries = Object.entries(ERRORS).map(
    ([name, { retryable, remedy }]) =>
      `## ${name}\n\n${remedy}\n\n${retryable ? "Retryable." : "Not retryable."}`,
  );
  const page = ["# Errors", WRITTEN, intro, ...entries].join("\n\n");
  await expect(`${page}\n`).toMatchFileSnapshot(new URL("errors.md", REFERENCE).pathname);
});
