import { FlowError } from "../src/errors.ts";
import type { ObjectStore, StoredObject } from "../src/ports/object-store.ts";

/** An object store in memory, for tests. */
export class MemoryObjects implements ObjectStore {
  /** Versions by key, the newest last. */
  readonly #versions = new Map<string, StoredObject[]>();
  readonly #removed = new Set<string>();
  #writes = 0;

  /** @param texts by key */
  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [key, text] of Object.entries(texts)) this.#put(key, text);
  }

  putText(key: string, text: string): Promise<string> {
    return Promise.resolve(this.#put(key, text));
  }

  async readText(key: string, versionId?: string): Promise<string> {
    if (versionId === undefined) return (await this.read(key)).text;
    const version = this.#versions.get(key)?.find((one) => one.versionId === versionId);
    if (!version) throw new FlowError("IncompleteRead", `There is no version ${versionId} of ${key}`);
    return version.text;
  }

  read(key: string): Promise<StoredObject> {
    const newest = this.#newest(key);
    if (newest) return Promise.resolve(newest);
    return Promise.reject(new FlowError("IncompleteRead", `There is no object ${key}`));
  }

  currentVersion(key: string): Promise<string | null> {
    return Promise.resolve(this.#newest(key)?.versionId ?? null);
  }

  remove(key: string): Promise<void> {
    this.#removed.add(key);
    return Promise.resolve();
  }

  #newest(key: string): StoredObject | undefined {
    return this.#removed.has(key) ? undefined : this.#versions.get(key)?.at(-1);
  }

  #put(key: string, text: string): string {
    this.#writes += 1;
    const versionId = `version-${this.#writes}`;
    this.#versions.set(key, [...(this.#versions.get(key) ?? []), { text, versionId }]);
    this.#removed.delete(key);
    return versionId;
  }
}
