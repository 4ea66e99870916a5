/** Files: policy, snapshots, plans, reports. Keys are paths: `plans/<id>.json`. */
export interface ObjectStore {
  putText(key: string, text: string): Promise<void>;
  /** @throws {FlowError} IncompleteRead when there is no such object */
  readText(key: string): Promise<string>;
}
