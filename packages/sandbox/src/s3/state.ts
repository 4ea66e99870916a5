export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** In quotes, as S3 sends it. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  /** Content-Type, x-amz-meta-*, and the like, by lower-case header name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The checksum that came with the object, by header name. */
  readonly checksum: Readonly<Record<string, string>>;
}

/** Objects by key. */
export class Bucket extends Map<string, StoredObject> {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;

  constructor(createdAt: number) {
    super();
    this.createdAt = createdAt;
  }
}

/** Buckets by name. */
export type BucketsState = Map<string, Bucket>;
