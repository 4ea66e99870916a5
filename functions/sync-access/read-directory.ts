import { keepSnapshot, loadPolicy, readDirectory } from "@landbridge/core";
import { z } from "zod";
import { step } from "../_shared/step.ts";

/** State ReadDirectory: the groups and users that the policy names. */
export const handler = step({
  input: z.object({}),
  run: async (_, deps) => {
    const directory = await readDirectory(await loadPolicy(deps.settings, deps), deps);
    return { key: await keepSnapshot("directory", directory, deps) };
  },
});
