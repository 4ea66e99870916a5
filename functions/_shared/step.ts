import { FlowError, isFlowError } from "@landbridge/core";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import * as z from "zod";
import { publishEvents } from "./publish-events.ts";
import {
  type Basics,
  connectPorts,
  type PortMakers,
  type PortsOf,
  type Wiring,
  wiringOfThisProcess,
} from "./wiring.ts";

interface StepContext extends Context {
  /** Set by a host other than Lambda (the laptop, a test); otherwise created from the environment. */
  wiring: Wiring;
}

interface Step<I extends z.ZodType, P extends PortMakers, O> {
  /** Schema of the state's Payload. */
  readonly input: I;
  /** The step's ports: functions of `ports.ts`. Its bundle contains these, and its role allows them. */
  readonly ports: P;
  /** Does the step. `deadline`: milliseconds since the epoch by which it must have returned. */
  readonly run: (
    input: z.infer<I>,
    deps: Basics & PortsOf<P> & { readonly deadline: number },
  ) => O | Promise<O>;
}

/** The time reserved at the end for running operations, checkpoint and answer. */
const MARGIN_MILLISECONDS = 240_000;

/** The Lambda handler of one Task state: input checked, ports connected, every failure under a name that ASL knows. */
export function step<I extends z.ZodType, P extends PortMakers, O>({ input, ports, run }: Step<I, P, O>) {
  return middy<unknown, O, Error, StepContext>()
    .before((request) => {
      request.context.wiring ??= wiringOfThisProcess();
    })
    .onError((request) => {
      if (request.error !== null) request.error = named(request.error);
    })
    .handler(async (event, context) => {
      const parsed = input.safeParse(event);
      if (!parsed.success) throw new FlowError("InvalidStepInput", z.prettifyError(parsed.error));
      const deps = connectPorts(ports, context.wiring);
      const left = Math.max(0, context.getRemainingTimeInMillis() - MARGIN_MILLISECONDS);
      const { events, flush } = publishEvents(deps.events, context.wiring);
      try {
        return await run(parsed.data, { ...deps, events, deadline: deps.clock.now() + left });
      } finally {
        await flush();
      }
    });
}

/** Known failures keep their name; the rest becomes Unexpected, with its cause for the log. */
function named(error: Error): Error {
  if (isFlowError(error)) return error;
  return new FlowError("Unexpected", `${error.name}: ${error.message}`, { cause: error });
}
