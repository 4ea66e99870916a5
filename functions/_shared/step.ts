import { FlowError, isFlowError } from "@landbridge/core";
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { z } from "zod";
import { type Deps, depsOfThisProcess } from "./deps.ts";

interface StepContext extends Context {
  /** Set by a host that is not Lambda (the laptop, a test); made from the environment otherwise. */
  deps: Deps;
}

interface Step<I extends z.ZodType, O> {
  /** What the state's Payload must be. */
  readonly input: I;
  /** Does the step. `deadline`: milliseconds since the epoch by which it must have returned. */
  readonly run: (input: z.infer<I>, deps: Deps & { readonly deadline: number }) => Promise<O>;
}

/** Left of the time of the function for draining what is under way, checkpoint and answer. */
const MARGIN_MILLISECONDS = 240_000;

/** The Lambda handler of one Task state: input checked, dependencies at hand, every failure under a name that ASL knows. */
export function step<I extends z.ZodType, O>({ input, run }: Step<I, O>) {
  return middy<unknown, O, Error, StepContext>()
    .before((request) => {
      request.context.deps ??= depsOfThisProcess();
    })
    .onError((request) => {
      if (request.error !== null) request.error = named(request.error);
    })
    .handler((event, context) => {
      const parsed = input.safeParse(event);
      if (!parsed.success) throw new FlowError("InvalidStepInput", z.prettifyError(parsed.error));
      const { deps } = context;
      const left = Math.max(0, context.getRemainingTimeInMillis() - MARGIN_MILLISECONDS);
      return run(parsed.data, { ...deps, deadline: deps.clock.now() + left });
    });
}

/** Known failures keep their name; the rest becomes Unexpected, with its cause for the log. */
function named(error: Error): Error {
  if (isFlowError(error)) return error;
  return new FlowError("Unexpected", `${error.name}: ${error.message}`, { cause: error });
}
