import { FlowError } from "../src/errors.ts";
import type {
  PutOptions,
  RecordKind,
  RecordStore,
  RemoveOptions,
  StoredRecord,
} from "../src/ports/record-store.ts";

/** A record store in memory, for tests. Values go through JSON, as on their way to a table. */
export class MemoryRecords implements RecordStore {
  readonly #records = new Map<string, { text: string; revision: number }>();

  get(kind: RecordKind, id: string): Promise<StoredRecord | null> {
    const record = this.#records.get(`${kind} ${id}`);
    if (!record) return Promise.resolve(null);
    return Promise.resolve({ id, value: JSON.parse(record.text) as unknown, revision: record.revision });
  }

  list(kind: RecordKind): Promise<StoredRecord[]> {
    const found = [...this.#records].filter(([key]) => key.startsWith(`${kind} `));
    return Promise.resolve(
      found.map(([key, { text, revision }]) => ({
        id: key.slice(kind.length + 1),
        value: JSON.parse(text) as unknown,
        revision,
      })),
    );
  }

  put(kind: RecordKind, id: string, value: unknown, { ifRevision }: PutOptions = {}): Promise<void> {
    const revision = this.#records.get(`${kind} ${id}`)?.revision ?? 0;
    if (ifRevision !== undefined && ifRevision !== revision) {
      return Promise.reject(
        new FlowError("ConflictingOperation", `${kind}/${id} is at revision ${revision}`),
      );
    }
    this.#records.set(`${kind} ${id}`, { text: JSON.stringify(value), revision: revision + 1 });
    return Promise.resolve();
  }

  remove(kind: RecordKind, id: string, { ifRevision }: RemoveOptions = {}): Promise<void> {
    const revision = this.#records.get(`${kind} ${id}`)?.revision;
    if (ifRevision !== undefined && revision !== undefined && ifRevision !== revision) {
      return Promise.reject(
        new FlowError("ConflictingOperation", `${kind}/${id} is at revision ${revision}`),
      );
    }
    this.#records.delete(`${kind} ${id}`);
    return Promise.resolve();
  }
}
