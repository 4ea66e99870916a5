import type { Attributes, ObjectType } from "./object-type.ts";

/** What a job knows about an object that it has pushed. */
export interface Link {
  readonly objectId: string;
  readonly type: ObjectType;
  readonly displayName: string;
  readonly scimId: string;
  /** As last pushed or read. */
  readonly attributes: Attributes;
  /** SCIM ids of the members that the job has added. */
  readonly members: ReadonlySet<string>;
  /** False after a restart: what the target holds is read and compared afresh. */
  readonly confirmed: boolean;
  /** False once the user was unassigned and disabled: a later deletion in the directory is not carried over. */
  readonly managed: boolean;
}

/** A job's links by object id. */
export type Links = Map<string, Link>;

/** Whether the target still has the object as an active one. */
export function isPresent({ attributes }: Link): boolean {
  return attributes["active"] !== false;
}
