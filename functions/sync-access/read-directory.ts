import { keepSnapshot, readDirectory, readPinnedPolicy } from "@landbridge/core";
import * as z from "zod";
import { directory, objects } from "../_shared/ports.ts";
import { PolicyRef } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ReadDirectory: the groups and users that the policy names. */
export const handler = step({
  input: z.object({ policy: PolicyRef }),
  ports: { directory, objects },
  run: async ({ policy }, deps) => {
    const directory = await readDirectory(await readPinnedPolicy(policy, deps), deps);
    return { key: await keepSnapshot("directory", directory, deps) };
  },
});
