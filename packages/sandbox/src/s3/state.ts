/** Version id of what was written while versioning was off or suspended (S3 user guide, "Suspending versioning"). */
export const NULL_VERSION = "null";

interface Stamp {
  readonly key: string;
  /** S3's opaque id, or {@link NULL_VERSION}. */
  readonly versionId: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

export interface StoredObject extends Stamp {
  readonly body: Uint8Array<ArrayBuffer>;
  /** In quotes, as S3 sends it. */
  readonly etag: string;
  /** Content-Type, x-amz-meta-*, and the like, by lower-case header name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The checksum that came with the object, by header name. */
  readonly checksum: Readonly<Record<string, string>>;
}

/** Hides the older versions of its key from readers that name no version. */
export interface DeleteMarker extends Stamp {
  readonly body: null;
}

export type Version = StoredObject | DeleteMarker;

export function isObject(version: Version | undefined): version is StoredObject {
  return version !== undefined && version.body !== null;
}

export class Bucket {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Null until somebody turns versioning on; after that it can only be suspended. */
  versioning: "Enabled" | "Suspended" | null = null;
  /** Newest first, by key. */
  readonly #versions = new Map<string, readonly Version[]>();

  constructor(createdAt: number) {
    this.createdAt = createdAt;
  }

  newest(key: string): Version | undefined {
    return this.#versions.get(key)?.[0];
  }

  /** The object that a reader sees who names no version. */
  get(key: string): StoredObject | undefined {
    const newest = this.newest(key);
    return isObject(newest) ? newest : undefined;
  }

  version(key: string, versionId: string): Version | undefined {
    return this.#versions.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Adds the newest version of its key. A null version replaces the earlier one, wherever that is. */
  add(version: Version): void {
    this.removeVersion(version.key, version.versionId);
    this.#versions.set(version.key, [version, ...(this.#versions.get(version.key) ?? [])]);
  }

  /** Removes one version permanently. @returns the removed version */
  removeVersion(key: string, versionId: string): Version | undefined {
    const removed = this.version(key, versionId);
    const rest = (this.#versions.get(key) ?? []).filter((version) => version !== removed);
    if (rest.length === 0) this.#versions.delete(key);
    else this.#versions.set(key, rest);
    return removed;
  }

  /** What a reader sees without naming a version, one for each key. */
  objects(): StoredObject[] {
    return [...this.#versions.values()].map(([newest]) => newest).filter(isObject);
  }

  /** Every version and delete marker; those of one key together, the newest first. */
  versions(): Version[] {
    return [...this.#versions.values()].flat();
  }
}

/** Buckets by name. */
export class Buckets extends Map<string, Bucket> {
  /** Called for every object that is written. */
  onWrite: (bucketName: string, object: StoredObject) => void = () => undefined;
}
