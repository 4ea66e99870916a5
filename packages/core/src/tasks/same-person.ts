import { isObjectId } from "../policy/object-id.ts";

/**
 * `…:assumed-role/AWSReservedSSO_…/name`: the role session of somebody who signed in through IAM Identity Center bears their
 * user name, whichever permission set they took. Seen in practice; AWS does not document it.
 */
const SIGNED_IN = /^arn:aws[\w-]*:sts::\d+:assumed-role\/AWSReservedSSO_[^/]+\/(.+)$/;

/** Whoever takes any other role names the session as they like (AssumeRole, RoleSessionName): only the role counts. */
const NAMED_BY_ITSELF = /^(arn:aws[\w-]*:sts::\d+:(?:assumed-role\/[^/]+|federated-user))\/.+$/;

/**
 * Whether two identities, ARNs of callers, object ids of Entra or user names, are one person for all that is known here. The
 * API knows people of Entra by object id, and AWS those who signed in by user name: they may be the same.
 */
export function mayBeSamePerson(one: string, other: string): boolean {
  if (isObjectId(one) && SIGNED_IN.test(other)) return true;
  if (isObjectId(other) && SIGNED_IN.test(one)) return true;
  return personOf(one) === personOf(other);
}

function personOf(identity: string): string {
  const [, name = identity] = SIGNED_IN.exec(identity) ?? NAMED_BY_ITSELF.exec(identity) ?? [];
  return name.trim().toLowerCase();
}
