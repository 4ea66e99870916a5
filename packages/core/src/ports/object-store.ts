export interface StoredObject {
  readonly text: string;
  /** Opaque. Names exactly this text under this key forever (S3: `VersionId`). */
  readonly versionId: string;
}

/**
 * Files: policy, snapshots, plans, reports. Keys are paths: `plans/<id>.json`. Every write makes a new version and keeps the
 * older ones. Whatever reads or writes throws {@link FlowError} Unexpected when the store does not keep versions.
 */
export interface ObjectStore {
  /** @returns the id of the version that was written */
  putText(key: string, text: string): Promise<string>;
  /**
   * Reads the newest version, or exactly the named one, even if the object was removed since.
   * @throws {FlowError} IncompleteRead when there is no such object or version
   */
  readText(key: string, versionId?: string): Promise<string>;
  /**
   * Reads the newest version together with its id.
   * @throws {FlowError} IncompleteRead when there is no such object
   */
  read(key: string): Promise<StoredObject>;
  /** Id of the newest version, without reading the text (S3: HeadObject); null when there is no object. */
  currentVersion(key: string): Promise<string | null>;
  /**
   * Hides the object from readers that name no version (S3: a delete marker). Older versions stay readable by their id.
   * Succeeds if there is no object.
   */
  remove(key: string): Promise<void>;
}
