/** A secret version by name: what travels instead of the value. */
export interface SecretReference {
  readonly name: string;
  readonly versionId: string;
}

export interface SecretStore {
  /** Adds a version without making it current. */
  add(name: string, value: string): Promise<SecretReference>;
  read(reference: SecretReference): Promise<string>;
  /** Makes the version current; the former one stays readable as previous. */
  promote(reference: SecretReference): Promise<void>;
}
