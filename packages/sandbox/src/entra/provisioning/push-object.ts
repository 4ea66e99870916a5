import type { Link, Links } from "./links.ts";
import { type Attributes, MAPPINGS, type ObjectType, toResource, toValue } from "./object-type.ts";
import type { ProvisioningAction } from "./outcome.ts";
import type { PatchOperation, ScimClient } from "./scim-client.ts";
import { DUPLICATE_TARGET, ScimRefusal } from "./scim-errors.ts";

/** What a push works on: the target and what the job knows of it. */
export interface Session {
  readonly scim: ScimClient;
  readonly links: Links;
}

interface Wanted {
  readonly objectId: string;
  readonly type: ObjectType;
  readonly displayName: string;
  readonly attributes: Attributes;
}

export interface Pushed {
  readonly link: Link;
  readonly action: ProvisioningAction;
}

/**
 * Creates the object, or patches what differs.
 * @throws {ScimRefusal} when the target refuses it, or when the one that matches belongs to another object
 */
export async function pushObject(session: Session, wanted: Wanted): Promise<Pushed> {
  const known = session.links.get(wanted.objectId);
  if (known?.confirmed) {
    try {
      return await patchDifference(session, known, wanted);
    } catch (error) {
      // Deleted behind Entra's back: match it, or create it, again.
      if (!(error instanceof ScimRefusal && error.status === 404)) throw error;
    }
  }
  const matched = await match(session, wanted);
  if (matched) return patchDifference(session, matched, wanted);
  try {
    return await create(session, wanted);
  } catch (error) {
    if (!(error instanceof ScimRefusal && error.status === 409)) throw error;
    // Somebody was faster, such as provisioning on demand during a cycle.
    const rival = await match(session, wanted);
    if (!rival) throw error;
    return patchDifference(session, rival, wanted);
  }
}

async function match({ scim, links }: Session, wanted: Wanted): Promise<Link | null> {
  const { path, matching, read } = MAPPINGS[wanted.type];
  const resource = await scim.find(path, matching, String(wanted.attributes[matching]));
  if (!resource) return null;
  const owner = [...links.values()].find(({ scimId }) => scimId === resource.id);
  if (owner && owner.objectId !== wanted.objectId) {
    const message = `${matching} "${wanted.displayName}" is also that of the directory object ${owner.objectId}.`;
    throw new ScimRefusal(409, DUPLICATE_TARGET, message);
  }
  return toLink(wanted, resource.id, {
    attributes: read(resource),
    members: owner?.members ?? new Set<string>(),
  });
}

async function create({ scim, links }: Session, wanted: Wanted): Promise<Pushed> {
  const mapping = MAPPINGS[wanted.type];
  const scimId = await scim.create(mapping.path, toResource(mapping, wanted.attributes));
  const link = toLink(wanted, scimId, { attributes: wanted.attributes, members: new Set<string>() });
  links.set(wanted.objectId, link);
  return { link, action: "create" };
}

async function patchDifference({ scim, links }: Session, known: Link, wanted: Wanted): Promise<Pushed> {
  const operations: PatchOperation[] = [];
  for (const [path, value] of Object.entries(wanted.attributes)) {
    // A value that Entra does not have stays in AWS ("AWS IAM Identity Center tutorial", known limitation).
    if (value === null || value === known.attributes[path]) continue;
    operations.push({ op: "replace", path, value: toValue(path, value) });
  }
  if (operations.length > 0) await scim.patch(MAPPINGS[wanted.type].path, known.scimId, operations);
  const attributes = { ...known.attributes, ...wanted.attributes };
  const link = toLink(wanted, known.scimId, { attributes, members: known.members });
  links.set(wanted.objectId, link);
  if (operations.length === 0) return { link, action: "other" };
  const disables = operations.some(({ path, value }) => path === "active" && value === false);
  return { link, action: disables ? "disable" : "update" };
}

function toLink(
  { objectId, type, displayName }: Wanted,
  scimId: string,
  state: Pick<Link, "attributes" | "members">,
): Link {
  return { objectId, type, displayName, scimId, ...state, confirmed: true };
}
