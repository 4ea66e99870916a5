import { keepSnapshot, loadPolicy, readDirectory } from "@landbridge/core";
import * as z from "zod";
import { directory, objects } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ReadDirectory: the groups and users that the policy names. */
export const handler = step({
  input: z.object({}),
  ports: { directory, objects },
  run: async (_, deps) => {
    const directory = await readDirectory(await loadPolicy(deps.settings, deps), deps);
    return { key: await keepSnapshot("directory", directory, deps) };
  },
});
