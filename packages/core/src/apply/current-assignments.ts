import type { Instance, InstanceAssignment } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";
import { readPatiently } from "./patience.ts";

/** Asks the instance whether an assignment exists; reads each permission set once until told to forget it. */
export class CurrentAssignments {
  readonly #instance: Instance;
  readonly #ports: Pick<Ports, "identityCenter" | "clock">;
  readonly #byPermissionSet = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(instance: Instance, ports: Pick<Ports, "identityCenter" | "clock">) {
    this.#instance = instance;
    this.#ports = ports;
  }

  async has(assignment: InstanceAssignment): Promise<boolean> {
    const arn = assignment.permissionSetArn;
    const read = this.#byPermissionSet.get(arn) ?? this.#read(arn);
    this.#byPermissionSet.set(arn, read);
    return (await read).has(keyOf(assignment));
  }

  forget(permissionSetArn: string): void {
    this.#byPermissionSet.delete(permissionSetArn);
  }

  async #read(arn: string): Promise<ReadonlySet<string>> {
    const { identityCenter, clock } = this.#ports;
    const assignments = await readPatiently(clock, () => identityCenter.readAssignments(this.#instance, arn));
    return new Set(assignments.map(keyOf));
  }
}

function keyOf({ accountId, principalType, principalId }: InstanceAssignment): string {
  return `${accountId}/${principalType}/${principalId}`;
}
