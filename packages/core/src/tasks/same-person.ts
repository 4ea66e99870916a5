/**
 * `…:assumed-role/AWSReservedSSO_…/name`: the role session of somebody who signed in through IAM Identity Center bears their
 * user name, whichever permission set they took. Seen in practice; AWS does not document it.
 */
const SIGNED_IN = /^arn:aws[\w-]*:sts::\d+:assumed-role\/AWSReservedSSO_[^/]+\/(.+)$/;

/** Whether two identities, ARNs of callers or user names, are one person. */
export function isSamePerson(one: string, other: string): boolean {
  return personOf(one) === personOf(other);
}

function personOf(identity: string): string {
  const name = SIGNED_IN.exec(identity)?.[1] ?? identity;
  return name.trim().toLowerCase();
}
