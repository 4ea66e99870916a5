import type { MakeWorld } from "./aws-world.ts";
import { describeAssignments } from "./ports/assignments.ts";
import { describeCallbacks } from "./ports/callbacks.ts";
import { describeIdentityStore } from "./ports/identity-store.ts";
import { describeObjects } from "./ports/objects.ts";
import { describeOrganization } from "./ports/organization.ts";
import { describePermissionSets } from "./ports/permission-sets.ts";
import { describeRoleProvisioning } from "./ports/role-provisioning.ts";
import { describeRecords } from "./ports/records.ts";
import { describeSecrets } from "./ports/secrets.ts";

/** What core relies on in its ports on AWS, whatever implements AWS. */
export function describeAwsPorts(makeWorld: MakeWorld): void {
  describePermissionSets(makeWorld);
  describeAssignments(makeWorld);
  describeRoleProvisioning(makeWorld);
  describeIdentityStore(makeWorld);
  describeOrganization(makeWorld);
  describeSecrets(makeWorld);
  describeObjects(makeWorld);
  describeRecords(makeWorld);
  describeCallbacks(makeWorld);
}
