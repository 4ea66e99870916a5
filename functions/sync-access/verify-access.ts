import {
  type AppliedPermissionSets,
  type ApplyOutcome,
  type Organization,
  type Plan,
  type ProvisioningOutcome,
  readSnapshot,
  verifyAccess,
} from "@landbridge/core";
import * as z from "zod";
import { identityCenter, identityStore, objects } from "../_shared/ports.ts";
import { VerifiedAccess } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State VerifyAccess: what was reported done is so, as far as the function's time allows to look. */
export const handler = step({
  input: z.object({
    planKey: z.string(),
    organizationKey: z.string(),
    permissionSetsKey: z.string(),
    provisioningKey: z.string(),
    outcomeKey: z.string(),
    cursor: VerifiedAccess.nullable(),
  }),
  ports: { identityCenter, identityStore, objects },
  run: async ({ cursor: earlier, ...keys }, deps) => {
    const [plan, organization, { arns }, roles, assignments] = await Promise.all([
      readSnapshot<Plan>(keys.planKey, deps),
      readSnapshot<Organization>(keys.organizationKey, deps),
      readSnapshot<AppliedPermissionSets>(keys.permissionSetsKey, deps),
      readSnapshot<ProvisioningOutcome>(keys.provisioningKey, deps),
      readSnapshot<ApplyOutcome>(keys.outcomeKey, deps),
    ]);
    const { deadline } = deps;
    return verifyAccess({ plan, organization, arns, roles, assignments, earlier, deadline }, deps);
  },
});
