import type { AssignmentOperation, InstanceAssignment, PermissionSetSpec } from "@landbridge/core";
import type { AwsWorld } from "../aws-world.ts";

export const PLAIN: PermissionSetSpec = {
  description: "Plain",
  sessionDuration: "PT1H",
  relayState: null,
  awsManagedPolicies: [],
  customerManagedPolicies: [],
  inlinePolicy: null,
  permissionsBoundary: null,
  tags: null,
};

/** A new permission set, and an assignment of it that does not exist yet. */
export async function aPermissionSet(world: AwsWorld, { name = "Builder", spec = PLAIN } = {}) {
  const { identityCenter } = world.ports;
  const { instance } = world;
  const permissionSetArn = await identityCenter.createPermissionSet(instance, name, spec);
  const assignment: InstanceAssignment = {
    accountId: world.accountIds[0] ?? "",
    permissionSetArn,
    principalType: "GROUP",
    principalId: world.groupIds[0] ?? "",
  };
  return { identityCenter, instance, permissionSetArn, assignment };
}

const MOST_LOOKS = 100;

/** Starts the operation and follows it to its end. */
export async function carryOut(
  world: AwsWorld,
  action: "create" | "delete",
  assignment: InstanceAssignment,
): Promise<AssignmentOperation> {
  const { ports, instance } = world;
  const { identityCenter } = ports;
  const started = await identityCenter.startAssignment(action, instance, assignment);
  return followed(world, started, (id) => identityCenter.describeAssignmentOperation(action, instance, id));
}

/** The final result of the operation. */
export async function followed(
  { clock }: Pick<AwsWorld, "clock">,
  started: AssignmentOperation,
  look: (requestId: string) => Promise<AssignmentOperation>,
): Promise<AssignmentOperation> {
  let operation = started;
  for (let looks = 0; operation.status === "IN_PROGRESS" && looks < MOST_LOOKS; looks += 1) {
    await clock.sleep(1000);
    operation = await look(operation.requestId);
  }
  return operation;
}
