import { paginateListStateMachines, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { Deps } from "@landbridge/functions/_shared/deps";
import { watchInterruption } from "../demo/interruption.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { followExecution } from "../flows/follow-execution.ts";
import { readText } from "../read-text.ts";
import type { Progress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";

/** Name of the deployed state machine, or its end: a stage may stand before it. */
const FLOW = "sync-access";

interface ApplyRequest {
  /** The policy to put in force first. */
  readonly file: string | undefined;
  readonly deps: Deps;
  readonly progress: Progress;
  readonly streams: Streams;
}

/** Puts the policy in force, starts sync-access in the account and watches it to its end. */
export async function applyPlan({ file, deps, progress, streams }: ApplyRequest): Promise<ExitCode> {
  if (file !== undefined) await deps.objects.putText(deps.settings.policyKey, await readText(file));
  const client = new SFNClient({ region: deps.settings.region });
  const interruption = watchInterruption();
  try {
    const stateMachineArn = await findStateMachine(client);
    const input = JSON.stringify({ scope: "full", mode: "apply" });
    const { executionArn = "" } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
    const reports = await Promise.race([
      followExecution(client, executionArn, progress),
      interruption.happened,
    ]);
    if (reports === "interrupted") {
      progress.pause();
      streams.err.write(`\nThe flow goes on without you: ${executionArn}\n`);
      return EXIT.stopped;
    }
    const [report] = reports;
    if (report?.status === "SUCCEEDED") return EXIT.ok;
    streams.err.write(`${FLOW} ${report?.status}: ${report?.error} ${report?.cause}\n`);
    return EXIT.failed;
  } finally {
    interruption.ignore();
    client.destroy();
  }
}

async function findStateMachine(client: SFNClient): Promise<string> {
  const found: string[] = [];
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    for (const { name = "", stateMachineArn = "" } of stateMachines)
      if (name === FLOW || name.endsWith(`-${FLOW}`)) found.push(stateMachineArn);
  }
  const [only, other] = found;
  if (only === undefined)
    throw new UsageError(`This account and region have no state machine named ${FLOW}.`);
  if (other !== undefined)
    throw new UsageError(`Several state machines end with ${FLOW}: ${found.join(", ")}`);
  return only;
}
