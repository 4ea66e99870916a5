import type { DirectoryGroup, DirectoryUser } from "../state.ts";
import { type Flows, attributesOf } from "./attribute-flows.ts";
import type { Link, Links } from "./links.ts";
import { type Attributes, TARGETS, readAttributes, toResource, toValue } from "./object-type.ts";
import type { ModifiedProperty, ProvisioningAction, Subject } from "./outcome.ts";
import type { PatchOperation, Resource, ScimClient } from "./scim-client.ts";
import { DUPLICATE_TARGET, ScimRefusal } from "./scim-errors.ts";

/** What a push works on: the target, the job's knowledge of it, and the mappings. */
export interface Session {
  readonly scim: ScimClient;
  readonly links: Links;
  readonly flows: Flows;
}

interface Wanted extends Subject {
  readonly attributes: Attributes;
}

export interface Pushed {
  readonly link: Link;
  readonly action: ProvisioningAction;
  readonly changes: readonly ModifiedProperty[];
}

/**
 * Creates the object, or patches what differs. Null when it is not there and is not to be created.
 * @throws {ScimRefusal} when the target refuses it, or when the one that matches belongs to another object
 */
export async function pushObject(
  session: Session,
  subject: Subject,
  source: DirectoryUser | DirectoryGroup,
): Promise<Pushed | null> {
  const mapping = session.flows[subject.type];
  const wanted: Wanted = { ...subject, attributes: attributesOf(mapping, source) };
  const known = session.links.get(wanted.objectId);
  if (known?.confirmed) {
    try {
      return await patchDifference(session, known, wanted);
    } catch (error) {
      // Deleted behind Entra's back: match it, or create it, again.
      if (!(error instanceof ScimRefusal && error.status === 404)) throw error;
    }
  }
  const found = await find(session, wanted);
  if (found) return patchDifference(session, found, wanted);
  if (!mapping.actions.create) return null;
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

/** A link to be confirmed has the id; everything else is found by its matching attributes. */
async function find(session: Session, wanted: Wanted): Promise<Link | null> {
  const known = session.links.get(wanted.objectId);
  const resource =
    known && !known.confirmed ? await session.scim.read(TARGETS[wanted.type].path, known.scimId) : null;
  return known && resource ? toLink(session, wanted, resource, known.members) : match(session, wanted);
}

async function match(session: Session, wanted: Wanted): Promise<Link | null> {
  const { scim, links, flows } = session;
  for (const attribute of flows[wanted.type].matching) {
    const value = wanted.attributes[attribute];
    if (typeof value !== "string") continue;
    const resource = await scim.find(TARGETS[wanted.type].path, attribute, value);
    if (!resource) continue;
    const owner = [...links.values()].find(({ scimId }) => scimId === resource.id);
    if (owner && owner.objectId !== wanted.objectId) {
      const message = `${attribute} "${value}" is also that of the directory object ${owner.objectId}.`;
      throw new ScimRefusal(409, DUPLICATE_TARGET, message);
    }
    return toLink(session, wanted, resource, owner?.members ?? new Set<string>());
  }
  return null;
}

async function create({ scim, links }: Session, wanted: Wanted): Promise<Pushed> {
  const { objectId, type, displayName, attributes } = wanted;
  const scimId = await scim.create(TARGETS[type].path, toResource(type, attributes));
  const link: Link = {
    objectId,
    type,
    displayName,
    scimId,
    attributes,
    members: new Set<string>(),
    confirmed: true,
    managed: true,
  };
  links.set(objectId, link);
  const filled = Object.entries(attributes).filter(([, value]) => value !== null);
  return { link, action: "create", changes: filled.map(([path, value]) => modified(path, null, value)) };
}

async function patchDifference(session: Session, known: Link, wanted: Wanted): Promise<Pushed> {
  const { scim, links, flows } = session;
  const mapping = flows[wanted.type];
  const operations: PatchOperation[] = [];
  const changes: ModifiedProperty[] = [];
  for (const { path, onCreateOnly } of mapping.actions.update ? mapping.flows : []) {
    const value = wanted.attributes[path] ?? null;
    // A value that Entra does not have stays in AWS ("AWS IAM Identity Center tutorial", known limitation).
    if (onCreateOnly || value === null || value === known.attributes[path]) continue;
    operations.push({ op: "replace", path, value: toValue(path, value) });
    changes.push(modified(path, known.attributes[path] ?? null, value));
  }
  if (operations.length > 0) await scim.patch(TARGETS[wanted.type].path, known.scimId, operations);
  const attributes = { ...known.attributes, ...(mapping.actions.update && wanted.attributes) };
  const link = { ...known, displayName: wanted.displayName, attributes, confirmed: true, managed: true };
  links.set(wanted.objectId, link);
  return { link, action: operations.length === 0 ? "other" : "update", changes };
}

function toLink(
  { flows }: Session,
  { objectId, type, displayName }: Wanted,
  resource: Resource,
  members: ReadonlySet<string>,
): Link {
  const paths = flows[type].flows.map(({ path }) => path);
  const attributes = readAttributes(resource, paths);
  return {
    objectId,
    type,
    displayName,
    scimId: resource.id,
    attributes,
    members,
    confirmed: true,
    managed: true,
  };
}

export function modified(
  displayName: string,
  oldValue: string | boolean | null,
  newValue: string | boolean | null,
): ModifiedProperty {
  return { displayName, oldValue: shown(oldValue), newValue: shown(newValue) };
}

/** Entra writes truth as `True` and `False`. */
function shown(value: string | boolean | null): string | null {
  return typeof value === "boolean" ? (value ? "True" : "False") : value;
}
