import {
  type AppliedPermissionSets,
  keepSnapshot,
  openWriteProof,
  type Organization,
  type ProvisioningOutcome,
  provisionPermissionSets,
  readSnapshot,
} from "@landbridge/core";
import * as z from "zod";
import { executions, identityCenter, objects, records } from "../_shared/ports.ts";
import { JudgedRun, World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ProvisionPermissionSets: the roles of changed permission sets are up to date, or reported as failed. */
export const handler = step({
  input: JudgedRun.extend({ world: World, permissionSetsKey: z.string(), cursor: z.string().nullable() }),
  ports: { executions, identityCenter, objects, records },
  run: async ({ world, permissionSetsKey, cursor, ...judged }, deps) => {
    const proof = await openWriteProof(judged, deps);
    const [organization, { arns }, earlier] = await Promise.all([
      readSnapshot<Organization>(world.organizationKey, deps),
      readSnapshot<AppliedPermissionSets>(permissionSetsKey, deps),
      cursor === null ? null : readSnapshot<ProvisioningOutcome>(cursor, deps),
    ]);
    const instance = await deps.identityCenter.readInstance();
    const { deadline } = deps;
    const input = { proof, instance, organization, arns, earlier, deadline };
    const outcome = await provisionPermissionSets(input, deps);
    return { key: await keepSnapshot("provisioning", outcome, deps), remaining: outcome.left.length };
  },
});
