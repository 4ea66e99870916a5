import { checkPrerequisites, loadPolicy } from "@landbridge/core";
import { missingPermissions } from "@landbridge/entra";
import * as z from "zod";
import {
  directory,
  identityCenter,
  identityStore,
  objects,
  records,
  scim,
  secrets,
} from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State CheckPrerequisites: everything that would stop connect later, before its first write. */
export const handler = step({
  input: z.object({}),
  ports: { directory, identityCenter, identityStore, objects, records, scim, secrets },
  run: (_, deps) =>
    checkPrerequisites({ missingPermissions, loadPolicy: () => loadPolicy(deps.settings, deps) }, deps),
});
