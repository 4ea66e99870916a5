import { FlowError } from "../errors.ts";
import type { DirectoryGroup, DirectoryUser } from "../model/directory.ts";
import { isObjectId } from "../policy/object-id.ts";
import { pickGroup } from "../policy/pick-principal.ts";
import type { Directory } from "../ports/directory.ts";

export type Principal =
  | { readonly type: "USER"; readonly user: DirectoryUser }
  /** Without members. */
  | { readonly type: "GROUP"; readonly group: DirectoryGroup };

/**
 * The group or user that a person names: by object id, user principal name, or a group's exact display name.
 * @throws {FlowError} PrincipalNotFound, also when several groups have the name
 */
export async function findPrincipal(name: string, directory: Directory): Promise<Principal> {
  if (isObjectId(name)) {
    const group = await directory.findGroupById(name);
    if (group) return { type: "GROUP", group };
  }
  if (isObjectId(name) || name.includes("@")) {
    const user = await directory.findUser(name);
    if (user) return { type: "USER", user };
  }
  if (isObjectId(name)) throw notFound(`No group and no user has the object id ${name}.`);
  const picked = pickGroup(name, await directory.findGroupsByName(name));
  if ("found" in picked) return { type: "GROUP", group: picked.found };
  throw notFound(`${name.includes("@") ? "No user has this name, and " : ""}${picked.problem}.`);
}

function notFound(message: string): FlowError {
  return new FlowError("PrincipalNotFound", message);
}
