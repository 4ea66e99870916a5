import type { Deps } from "@landbridge/functions/_shared/deps";
import { makeDemoResult } from "../demo/demo-result.ts";
import { type InputFiles, readInputs } from "../demo/read-inputs.ts";
import { renderFailure } from "../flows/failure.ts";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { type LocalHost, type OperatorTaskOpened, startLocalHost } from "@landbridge/host/local-host";
import type { Progress } from "../render/progress.ts";

/**
 * Connects the company of the files in a sandbox without sockets or waiting, and hands its ports to `use`.
 * @throws {UsageError} for files that cannot be read or contradict each other; Error when connect fails
 */
export async function withSandboxDeps<T>(
  files: InputFiles,
  progress: Progress,
  use: (deps: Deps) => Promise<T>,
): Promise<T> {
  const host = await startLocalHost({ ...(await readInputs(files, false)), speed: "virtual" });
  try {
    await connect(host, progress);
    return await use(host.deps);
  } finally {
    await host.close();
  }
}

async function connect(host: LocalHost, progress: Progress): Promise<void> {
  const trouble = Promise.withResolvers<never>();
  host.events.listener = {
    emit(code, payload) {
      progress.emit(code, payload);
      // A task that cannot be answered would leave the flow waiting forever.
      if (code === "operator-task.opened")
        answerAsOperator(host, payload as OperatorTaskOpened).catch(trouble.reject);
    },
  };
  const reports = await Promise.race([host.run("connect", {}, progress), trouble.promise]);
  const { failure } = await makeDemoResult(host, reports);
  if (failure) throw new Error(renderFailure(failure).trim());
}
