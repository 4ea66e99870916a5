import { Command, CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { type FlowError, isFlowError, printableLines } from "@landbridge/core";
import { SourceError } from "@landbridge/import";
import { bootstrapCommand } from "./commands/bootstrap.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { driftCommand } from "./commands/drift.ts";
import { adoptCommand } from "./commands/adopt.ts";
import { applyCommand } from "./commands/apply.ts";
import { importCommand } from "./commands/import.ts";
import { pauseCommand } from "./commands/pause.ts";
import { planCommand } from "./commands/plan.ts";
import { provisionCommand } from "./commands/provision.ts";
import { policyCommand } from "./commands/policy.ts";
import { resumeCommand } from "./commands/resume.ts";
import { rotateCommand } from "./commands/rotate.ts";
import { schemaCommand } from "./commands/schema.ts";
import { statusCommand } from "./commands/status.ts";
import { tasksCommand } from "./commands/tasks.ts";
import { EXIT, type ExitCode, UsageError } from "./exit.ts";
import { LANDBRIDGE } from "./program-name.ts";
import type { Streams } from "./streams.ts";

const COMMANDS = [
  bootstrapCommand,
  demoCommand,
  planCommand,
  applyCommand,
  driftCommand,
  statusCommand,
  doctorCommand,
  provisionCommand,
  tasksCommand,
  pauseCommand,
  resumeCommand,
  rotateCommand,
  adoptCommand,
  policyCommand,
  importCommand,
  schemaCommand,
];

/** Commands that say by exit code 2 that something would change, or that something is not as it should be. */
const COMPARING: ReadonlySet<string> = new Set(["plan", "drift", "status", "doctor"]);

/** Commands that can work through the API of the deployment. */
const OVER_API: ReadonlySet<string> = new Set([
  "plan",
  "apply",
  "drift",
  "status",
  "provision",
  "tasks",
  "pause",
  "resume",
  "rotate",
]);

/** Runs one command line; never throws for what a person did wrong. */
export async function run(args: readonly string[], given: Streams): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const variables = { ...given.variables };
  const streams = { ...given, variables };
  const usage = COMPARING.has(args[0] ?? "") ? EXIT.failed : EXIT.usage;
  const program = new Command(LANDBRIDGE)
    .description("Connects Microsoft Entra ID to AWS IAM Identity Center and keeps them connected.")
    .option(
      "--api <url>",
      "work through the deployment's API, for commands that can (also LANDBRIDGE_API_URL)",
    )
    .hook("preAction", (command) => {
      const { api } = command.opts();
      if (api === undefined) return;
      const [name = ""] = command.args;
      if (!OVER_API.has(name))
        throw new UsageError(`--api: ${name} reads the account directly and cannot use the API`);
      variables["LANDBRIDGE_API_URL"] = api;
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
    })
    .addHelpText(
      "after",
      `
To redirect output, keep npm's own lines out of it: npm run --silent landbridge -- …
Each command has its own --help, with examples and exit codes.`,
    );
  for (const make of COMMANDS) {
    const command = make(streams, (code) => {
      exitCode = code;
    });
    inheritSettings(command, program);
    program.addCommand(command);
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : usage;
    if (isWrongInput(error)) {
      streams.err.write(`${printableLines(error.message)}\n`);
      return usage;
    }
    if (isFlowError(error) && error.fault !== "bug") {
      streams.err.write(`${error.name}: ${printableLines(error.message)}\n${remedyOf(error, variables)}\n`);
      return EXIT.failed;
    }
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    streams.err.write(`${printableLines(said)}\n`);
    return EXIT.failed;
  }
}

function isWrongInput(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof SourceError ||
    isFlowError(error, "PolicyInvalid", "PrincipalNotFound")
  );
}

/** If the sandbox was stopped, its variables may still be set. */
function remedyOf({ name, remedy }: FlowError, variables: Streams["variables"]): string {
  const { AWS_ENDPOINT_URL: endpoint = "" } = variables;
  const isSandbox = /^http:\/\/(127\.0\.0\.1|localhost):/.test(endpoint);
  if (name !== "ServiceUnavailable" || !isSandbox) return remedy;
  return `AWS_ENDPOINT_URL points to the sandbox at ${endpoint}: check that its npm start -- --serve is still running, then try again.`;
}

/** Subcommands too: those that exist before their parent inherits get nothing by themselves. */
function inheritSettings(command: CommandUnknownOpts, parent: CommandUnknownOpts): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheritSettings(child, command);
}
