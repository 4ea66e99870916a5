import type { FlowReport } from "@landbridge/host/follow-execution";
import { httpApiUrl } from "@landbridge/host/http-api";
import { type LocalHost, type OperatorTaskOpened, startLocalHost } from "@landbridge/host/local-host";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { makeProgress, type Progress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { makeDemoResult } from "./demo-result.ts";
import { grantedAccess } from "./granted-access.ts";
import { answerInteractively } from "./interactive-operator.ts";
import type { Prompts } from "../prompts/prompts.ts";
import { makePrompts } from "../prompts/make-prompts.ts";
import { type InputFiles, readInputs } from "./read-inputs.ts";
import { renderFailure } from "../flows/failure.ts";
import { renderResult } from "./render-result.ts";
import { answerAsOperator, OPERATOR } from "@landbridge/host/scripted-operator";
import { type Interruption, watchInterruption } from "../flows/interruption.ts";

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
  if (options.interactive && !streams.in) {
    throw new UsageError("--interactive needs a terminal; without it a scripted operator answers the tasks");
  }
  const inputs = await readInputs(options, options.manageManagementAccount);
  const host = await start(options, inputs);
  const prompts = options.interactive && streams.in ? makePrompts(streams.in, streams.err) : null;
  const interruption = watchInterruption();
  try {
    return await connect(host, options, { streams, prompts, interruption });
  } finally {
    interruption.ignore();
    prompts?.close();
    await host.close();
  }
}

interface Person {
  readonly streams: Streams;
  /** Null: a scripted operator answers. */
  readonly prompts: Prompts | null;
  readonly interruption: Interruption;
}

async function connect(host: LocalHost, options: DemoOptions, person: Person): Promise<ExitCode> {
  const { streams, prompts, interruption } = person;
  const progress = makeProgress(streams);
  progress.say(`Sandbox at ${host.served?.url}, ${options.speed} times faster than real services`);
  if (prompts) progress.say(`Operator console: ${host.served?.url}/console`);

  const reports = await Promise.race([follow(host, progress, person), interruption.happened]);
  if (reports === "interrupted") {
    progress.pause();
    streams.err.write("\nStopped. The sandbox and its data are gone.\n");
    return EXIT.stopped;
  }
  const result = await makeDemoResult(host, reports);
  const gaveUp = prompts !== null && result.failure?.error === "OperatorDeclined";
  if (options.json) streams.out.write(`${JSON.stringify(result, null, 2)}\n`);
  else if (!gaveUp) streams.out.write(renderResult(result, grantedAccess(host.sandbox)));
  if (result.failure) streams.err.write(renderFailure(result.failure));
  if (gaveUp) return EXIT.stopped;
  if (options.serve) {
    streams.err.write(renderEndpoints(host));
    await interruption.happened;
  }
  return result.failure ? EXIT.failed : EXIT.ok;
}

/** The flow to its end, its tasks answered one after the other. */
async function follow(
  host: LocalHost,
  progress: Progress,
  { streams, prompts }: Person,
): Promise<FlowReport[]> {
  const trouble = Promise.withResolvers<never>();
  let answers = Promise.resolve();
  host.events.listener = {
    emit(code, payload) {
      progress.emit(code, payload);
      if (code !== "operator-task.opened") return;
      const task = payload as OperatorTaskOpened;
      answers = answers.then(() =>
        prompts
          ? answerInteractively(host, task, { prompts, progress, streams })
          : answerAsOperator(host, task),
      );
      // A task that cannot be answered would leave the flow waiting forever.
      answers.catch(trouble.reject);
    },
  };
  const reports = await Promise.race([host.run("connect", {}, progress), trouble.promise]);
  await answers;
  // If somebody starts a flow later, at the served sandbox, they answer its tasks: landbridge tasks.
  host.events.listener = progress;
  return reports;
}

async function start(
  options: DemoOptions,
  inputs: Awaited<ReturnType<typeof readInputs>>,
): Promise<LocalHost> {
  const variables = {
    LANDBRIDGE_MANAGE_MANAGEMENT_ACCOUNT: String(options.manageManagementAccount),
    // The author of the sandbox's policy is unknown. A second person signs in with AWS_ACCESS_KEY_ID=reviewer.
    LANDBRIDGE_APPROVERS: `${OPERATOR},reviewer`,
  };
  try {
    return await startLocalHost({
      ...inputs,
      speed: options.speed,
      port: options.port,
      variables,
      // While it runs, changes in either cloud take effect.
      reactsToEvents: options.serve,
    });
  } catch (error) {
    if (!(error instanceof Error) || !/in use/.test(error.message)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

function renderEndpoints({ served, variables }: LocalHost): string {
  if (!served) return "";
  const lines = [
    "",
    `The sandbox is still running, until you press Ctrl+C. Operator console: ${served.url}/console`,
    `API: npm run landbridge -- --api ${httpApiUrl(served.url)}`,
    "For AWS clients, and for npm run landbridge -- plan, apply, tasks etc. in another terminal:",
    ...Object.entries(variables)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => `  export ${name}='${value}'`),
  ];
  return `${lines.join("\n")}\n`;
}
