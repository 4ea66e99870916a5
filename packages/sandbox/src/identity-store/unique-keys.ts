/** Two principals would share a user name, a display name or an external id. The message names which. */
export class DuplicatePrincipal extends Error {
  override readonly name = "DuplicatePrincipal";
}

/** What must be unique among users, or among groups: the label names it in AWS's words. */
export type Keys = Readonly<Record<string, string | undefined>>;

/** The holders of unique values. Values are compared exactly: convert those that are not case-exact to lower case. */
export class UniqueKeys {
  readonly #owners = new Map<string, string>();

  /** @throws {DuplicatePrincipal} when another principal than `owner` holds one of the values */
  check(keys: Keys, owner: string | null): void {
    for (const [label, value] of Object.entries(keys)) {
      const holder = value === undefined ? undefined : this.find(label, value);
      if (holder !== undefined && holder !== owner) throw new DuplicatePrincipal(`Duplicate ${label}`);
    }
  }

  set(keys: Keys, owner: string): void {
    for (const [label, value] of Object.entries(keys)) {
      if (value !== undefined) this.#owners.set(join(label, value), owner);
    }
  }

  release(keys: Keys): void {
    for (const [label, value] of Object.entries(keys)) {
      if (value !== undefined) this.#owners.delete(join(label, value));
    }
  }

  find(label: string, value: string): string | undefined {
    return this.#owners.get(join(label, value));
  }
}

function join(label: string, value: string): string {
  return `${label}:${value}`;
}
