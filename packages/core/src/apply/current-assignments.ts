import type { Instance, InstanceAssignment } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";
import { readPatiently } from "./patience.ts";

/**
 * Asks the instance whether an assignment exists; reads each permission set in each account once, until told to forget
 * it.
 */
export class CurrentAssignments {
  readonly #instance: Instance;
  readonly #ports: Pick<Ports, "identityCenter" | "clock">;
  readonly #byPlace = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(instance: Instance, ports: Pick<Ports, "identityCenter" | "clock">) {
    this.#instance = instance;
    this.#ports = ports;
  }

  async has(assignment: InstanceAssignment): Promise<boolean> {
    const place = placeOf(assignment);
    const read = this.#byPlace.get(place) ?? this.#read(assignment);
    this.#byPlace.set(place, read);
    return (await read).has(principalOf(assignment));
  }

  forget(assignment: InstanceAssignment): void {
    this.#byPlace.delete(placeOf(assignment));
  }

  async #read({ accountId, permissionSetArn }: InstanceAssignment): Promise<ReadonlySet<string>> {
    const { identityCenter, clock } = this.#ports;
    const assignments = await readPatiently(clock, () =>
      identityCenter.readAssignmentsAt(this.#instance, accountId, permissionSetArn),
    );
    return new Set(assignments.map(principalOf));
  }
}

function placeOf({ accountId, permissionSetArn }: InstanceAssignment): string {
  return `${accountId}/${permissionSetArn}`;
}

function principalOf({ principalType, principalId }: InstanceAssignment): string {
  return `${principalType}/${principalId}`;
}
