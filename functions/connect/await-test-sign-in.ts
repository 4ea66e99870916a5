import { openTestSignIn } from "@landbridge/core";
import { z } from "zod";
import { Instance } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitTestSignIn: asks the operator to sign in once as somebody who has access. */
export const handler = step({
  input: z.object({ taskToken: z.string(), instance: Instance }),
  run: ({ taskToken, instance }, deps) => openTestSignIn(instance, taskToken, deps),
});
