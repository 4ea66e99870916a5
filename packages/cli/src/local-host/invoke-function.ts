import type { Deps } from "@landbridge/functions/_shared/deps";
import type { Context } from "aws-lambda";

type Handler = (event: unknown, context: Context & { deps: Deps }) => Promise<unknown>;

/** Lambda's longest run. */
const LIMIT_MILLISECONDS = 900_000;

/** Loaded before a flow starts, so that no cold import eats into a state's timeout on a fast clock. */
export async function loadFunction(name: string): Promise<{ handler: Handler }> {
  return (await import(`@landbridge/functions/${name}`)) as { handler: Handler };
}

/** Runs the handler of `functions/<name>.ts` in this process, as Lambda would: JSON in, JSON out. */
export async function invokeFunction(name: string, payload: unknown, deps: Deps): Promise<unknown> {
  const { handler } = await loadFunction(name);
  const end = deps.clock.now() + LIMIT_MILLISECONDS;
  const context = {
    functionName: name,
    functionVersion: "$LATEST",
    invokedFunctionArn: name,
    memoryLimitInMB: "512",
    awsRequestId: deps.newId(),
    logGroupName: name,
    logStreamName: name,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => end - deps.clock.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
    deps,
  };
  return handler(payload, context);
}
