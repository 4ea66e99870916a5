import type { Attributes, ObjectType } from "./object-type.ts";

/** What a job knows of an object that it has brought over. */
export interface Link {
  readonly objectId: string;
  readonly type: ObjectType;
  readonly displayName: string;
  readonly scimId: string;
  /** As last pushed or read. */
  readonly attributes: Attributes;
  /** SCIM ids of the members that the job has added. */
  readonly members: ReadonlySet<string>;
  /** False after a restart: the target is matched and compared afresh. */
  readonly confirmed: boolean;
}

/** A job's links by object id. */
export type Links = Map<string, Link>;

export function forgetState(links: Links): void {
  for (const link of links.values()) links.set(link.objectId, { ...link, confirmed: false });
}
