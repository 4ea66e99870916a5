import { type LocalHost, type OperatorTaskOpened, startLocalHost } from "../local-host/local-host.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { makeDemoResult } from "./demo-result.ts";
import { grantedAccess } from "./granted-access.ts";
import { answerInteractively } from "./interactive-operator.ts";
import { type InputFiles, readInputs } from "./read-inputs.ts";
import { renderFailure, renderResult } from "./render-result.ts";
import { answerAsOperator } from "./scripted-operator.ts";
import { untilInterrupted } from "./until-interrupted.ts";

export interface DemoOptions extends InputFiles {
  readonly interactive: boolean;
  readonly serve: boolean;
  readonly json: boolean;
  readonly speed: number;
  readonly port: number;
  readonly manageManagementAccount: boolean;
}

/** Connects the simulated tenant to the simulated organization and gives people their access. */
export async function runDemo(options: DemoOptions, streams: Streams): Promise<ExitCode> {
  if (options.interactive && !process.stdin.isTTY) {
    throw new UsageError("--interactive needs a terminal; without it a scripted operator answers the tasks");
  }
  const inputs = await readInputs(options, options.manageManagementAccount);
  const host = await start(options, inputs);
  const progress = makeProgress(streams);
  const answer = options.interactive ? answerInteractively : answerAsOperator;
  const answers: Promise<void>[] = [];
  host.events.listener = {
    emit(code, payload) {
      progress.emit(code, payload);
      if (code !== "operator-task.opened") return;
      const task = payload as OperatorTaskOpened;
      answers.push(answer(host, task, progress));
    },
  };
  try {
    progress.say(`Sandbox at ${host.served?.url}, ${options.speed} times faster than real services`);
    const reports = await host.run("connect", {}, progress);
    await Promise.all(answers);
    const result = await makeDemoResult(host, reports);
    const access = grantedAccess(host.sandbox);
    streams.out.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : renderResult(result, access));
    if (result.failure) streams.err.write(renderFailure(result.failure));
    if (options.serve) await serveOn(host, streams);
    if (!result.failure) return EXIT.ok;
    return options.interactive && result.failure.error === "OperatorDeclined" ? EXIT.declined : EXIT.failed;
  } finally {
    await host.close();
  }
}

async function start(
  options: DemoOptions,
  inputs: Awaited<ReturnType<typeof readInputs>>,
): Promise<LocalHost> {
  const variables = { LANDBRIDGE_MANAGE_MANAGEMENT_ACCOUNT: String(options.manageManagementAccount) };
  try {
    return await startLocalHost({ ...inputs, speed: options.speed, port: options.port, variables });
  } catch (error) {
    if (!(error instanceof Error) || !/in use/.test(error.message)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

async function serveOn({ served }: LocalHost, { err }: Streams): Promise<void> {
  if (!served) return;
  const lines = [
    "",
    "The sandbox is still running. Its endpoints:",
    ...Object.entries(served.variables).map(([name, url]) => `  ${name}=${url}`),
    ...Object.entries(served.routes).map(([hostName, url]) => `  https://${hostName} is ${url}`),
    `  Operator console: ${served.url}/console`,
    "Stop it with Ctrl+C.",
  ];
  err.write(`${lines.join("\n")}\n`);
  await untilInterrupted();
}
