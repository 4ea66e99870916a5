import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { EXAMPLE } from "../demo/read-inputs.ts";
import { runDemo } from "../demo/run-demo.ts";
import type { ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";

const DEFAULT_SPEED = 10;

export function demoCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("demo")
    .description(
      "Run connect and sync-access against a sandbox that imitates AWS and Entra. Needs no account.",
    )
    .addOption(
      new Option("--policy <file>", "access policy (YAML)").default(EXAMPLE.policy, "examples/access.yaml"),
    )
    .addOption(
      new Option("--organization <file>", "AWS organization to imitate (YAML)").default(
        EXAMPLE.organization,
        "examples/organization.yaml",
      ),
    )
    .addOption(
      new Option("--directory <file>", "Entra tenant to imitate (YAML)").default(
        EXAMPLE.directory,
        "examples/directory.yaml",
      ),
    )
    .option("--interactive", "answer the operator tasks yourself, here, after doing them in a browser", false)
    .option("--serve", "keep the sandbox running until Ctrl+C and print its endpoints", false)
    .option("--json", "print one JSON document on stdout; progress goes to stderr", false)
    .option(
      "--speed <factor>",
      "how many times faster than the real services the sandbox runs",
      positive,
      DEFAULT_SPEED,
    )
    .option(
      "--port <number>",
      "port of the sandbox and its operator console (0: any free port)",
      portNumber,
      0,
    )
    .option("--manage-management-account", "also give access to the management account", false)
    .addHelpText(
      "after",
      `
Examples:
  $ npm start                                    the built-in company
  $ npm start -- --interactive --serve --port 4580
                                                 practise the setup in a browser (docs/practice.md)
  $ npm run landbridge -- import lza ./config --out ./mine
  $ npm start -- --policy mine/access.yaml --organization mine/organization.yaml --directory mine/directory.yaml

Exit codes: 0 done, 1 a flow failed, 2 wrong usage or input, 130 you abandoned a task or pressed Ctrl+C.`,
    )
    .action(async (options) => done(await runDemo(options, streams)));
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("Expected a number above 0.");
}

function portNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError("Expected a port from 0 to 65535.");
}
