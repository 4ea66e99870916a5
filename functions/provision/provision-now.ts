import { provisionNow } from "@landbridge/core";
import * as z from "zod";
import {
  applications,
  directory,
  identityCenter,
  identityStore,
  provisioning,
  records,
} from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** A state's output has room for so many. */
const NAMED = 50;

/** State ProvisionNow: a user, or a group with its members, on demand. */
export const handler = step({
  input: z.object({ name: z.string().min(1).max(256) }),
  ports: { applications, directory, identityCenter, identityStore, provisioning, records },
  run: async ({ name }, deps) => {
    const report = await provisionNow(name, { ...deps, onProgress: () => undefined });
    if (report.members === null) return report;
    const { leftBehind, ...members } = report.members;
    return { ...report, members: { ...members, leftBehind: leftBehind.slice(0, NAMED) } };
  },
});
