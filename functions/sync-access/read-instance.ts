import { keepSnapshot, readInstanceSnapshot } from "@landbridge/core";
import { z } from "zod";
import { step } from "../_shared/step.ts";

/** State ReadInstance: permission sets, assignments and principals of Identity Center. */
export const handler = step({
  input: z.object({}),
  run: async (_, deps) => ({ key: await keepSnapshot("instance", await readInstanceSnapshot(deps), deps) }),
});
