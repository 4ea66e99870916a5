import { keepSnapshot } from "@landbridge/core";
import * as z from "zod";
import { objects, organization } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ReadOrganization: root, organizational units and accounts. */
export const handler = step({
  input: z.object({ needsTags: z.boolean() }),
  ports: { objects, organization },
  run: async ({ needsTags }, deps) => {
    const organization = await deps.organization.read({ tags: needsTags });
    return { key: await keepSnapshot("organization", organization, deps) };
  },
});
