import type { Tag } from "./api.ts";
import { ServiceError } from "./service-error.ts";

/** [Step Functions: Service quotas, "Tags per resource"] */
const MAX_TAGS = 50;

/** The tags of one resource. */
export class Tags {
  #values = new Map<string, string>();

  /** @throws {ServiceError} TooManyTags */
  constructor(tags: readonly Tag[] = []) {
    this.add(tags);
  }

  /** A tag with an existing key replaces it. @throws {ServiceError} TooManyTags; then nothing is added */
  add(tags: readonly Tag[]): void {
    const merged = new Map([...this.#values, ...tags.map(({ key, value }) => [key, value] as const)]);
    if (merged.size > MAX_TAGS)
      throw new ServiceError("TooManyTags", `A resource has at most ${MAX_TAGS} tags.`);
    this.#values = merged;
  }

  remove(keys: readonly string[]): void {
    for (const key of keys) this.#values.delete(key);
  }

  list(): Tag[] {
    return [...this.#values].map(([key, value]) => ({ key, value }));
  }
}
