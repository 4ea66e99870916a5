import type { PutOptions, RecordKind, RecordStore, StoredRecord } from "../ports/record-store.ts";
import { readStored, type StoredShape } from "./read-stored.ts";

/** How one kind of records is stored, read and written. */
export interface RecordDefinition<T extends object> {
  readonly kind: RecordKind;
  /** The version that {@link put} writes. */
  readonly version: number;
  /** @throws {FlowError} RecordTooNew, StoredRecordInvalid */
  get(records: Pick<RecordStore, "get">, id: string): Promise<StoredRecord<T> | null>;
  /** @throws {FlowError} RecordTooNew, StoredRecordInvalid: one that cannot be read is never left out */
  list(records: Pick<RecordStore, "list">): Promise<StoredRecord<T>[]>;
  /** @throws {FlowError} ConflictingOperation */
  put(records: Pick<RecordStore, "put">, id: string, value: T, options?: PutOptions): Promise<void>;
}

/**
 * Defines a kind of records. They outlive a deployment: a newer one meets the records of an older one, and after a rollback
 * an older one meets those of a newer one.
 */
export function defineRecord<T extends object>({
  kind,
  ...shape
}: StoredShape<T> & { readonly kind: RecordKind }): RecordDefinition<T> {
  const parse = ({ id, value, revision }: StoredRecord): StoredRecord<T> => ({
    id,
    value: readStored(value, `record ${kind}/${id}`, shape),
    revision,
  });
  return {
    kind,
    version: shape.version,
    async get(records, id) {
      const stored = await records.get(kind, id);
      return stored && parse(stored);
    },
    async list(records) {
      return (await records.list(kind)).map(parse);
    },
    async put(records, id, value, options) {
      await records.put(kind, id, { ...value, version: shape.version }, options);
    },
  };
}
