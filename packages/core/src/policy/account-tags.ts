import { FlowError } from "../errors.ts";
import type { Account } from "../model/organization.ts";

/**
 * The tags of an account. An inactive account counts as having none: nobody is assigned there.
 * @throws {FlowError} IncompleteRead when nobody has read the tags of an active account: no tag would match, and access
 *   by
 * tags would be deleted
 */
export function tagsOf({ id, name, state, tags }: Account): Readonly<Record<string, string>> {
  if (tags !== null) return tags;
  if (state !== "ACTIVE") return {};
  throw new FlowError("IncompleteRead", `The tags of account ${name} (${id}) were not read`);
}
