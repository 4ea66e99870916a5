import type { Wiring } from "@landbridge/functions/_shared/wiring";
import type { Context } from "aws-lambda";

export type Handler = (event: unknown, context: Context & { wiring: Wiring }) => Promise<unknown>;

/** Lambda's longest run. */
const LIMIT_MILLISECONDS = 900_000;

/** Loads the module of a function. */
export type LoadFunction = (name: string) => Promise<{ readonly handler: Handler }>;

/** `functions/<name>.ts`. Load it before a flow starts: no import may eat into a state's timeout. */
export const loadFunction: LoadFunction = (name) => import(`@landbridge/functions/${name}`);

/** Runs a handler in this process, as Lambda would: JSON in, JSON out. */
export function invokeFunction(
  { name, handler }: { readonly name: string; readonly handler: Handler },
  payload: unknown,
  wiring: Wiring,
): Promise<unknown> {
  const end = wiring.clock.now() + LIMIT_MILLISECONDS;
  const context = {
    functionName: name,
    functionVersion: "$LATEST",
    invokedFunctionArn: name,
    memoryLimitInMB: "512",
    awsRequestId: wiring.newId(),
    logGroupName: name,
    logStreamName: name,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => end - wiring.clock.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
    wiring,
  };
  return handler(payload, context);
}
