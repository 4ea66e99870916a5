import { isObjectId } from "../policy/object-id.ts";

/**
 * `…:assumed-role/AWSReservedSSO_…/name`: the role session of somebody who signed in through IAM Identity Center bears their
 * user name, whichever permission set they took. Seen in practice; AWS does not document it.
 */
const SIGNED_IN = /^arn:aws[\w-]*:sts::\d+:assumed-role\/AWSReservedSSO_[^/]+\/(.+)$/;

/** Whoever takes any other role names the session as they like (AssumeRole, RoleSessionName): only the role counts. */
const NAMED_BY_ITSELF = /^(arn:aws[\w-]*:sts::\d+:(?:assumed-role\/[^/]+|federated-user))\/.+$/;

const SESSION = /^arn:(aws[\w-]*):sts::(\d+):assumed-role\/([^/]+)\/.+$/;
/** The path of a role, which stands in its own ARN, does not stand in those of its sessions (IAM: identifiers). */
const ROLE = /^arn:(aws[\w-]*):iam::(\d+):role\/(?:.+\/)?([^/]+)$/;

/**
 * Whether two identities, ARNs of callers, object ids of Entra or user names, are one person for all that is known here. The
 * API knows people of Entra by object id, and AWS those who signed in by user name: they may be the same.
 */
export function mayBeSamePerson(one: string, other: string): boolean {
  if (isObjectId(one) && SIGNED_IN.test(other)) return true;
  if (isObjectId(other) && SIGNED_IN.test(one)) return true;
  return personOf(one) === personOf(other);
}

/**
 * Whether an identity surely is one that is named: by its user name, object id or ARN, or by the ARN of the role that it has
 * taken. Where {@link mayBeSamePerson} only suspects, nobody is named.
 */
export function isNamed(identity: string, names: readonly string[]): boolean {
  const role = roleOf(SESSION, identity);
  const isChosenName = !SIGNED_IN.test(identity) && NAMED_BY_ITSELF.test(identity);
  return names.some(
    (name) =>
      (role !== null && role === roleOf(ROLE, name)) ||
      (!isChosenName && personOf(identity) === personOf(name)),
  );
}

function personOf(identity: string): string {
  const [, name = identity] = SIGNED_IN.exec(identity) ?? NAMED_BY_ITSELF.exec(identity) ?? [];
  return name.trim().toLowerCase();
}

/** Partition, account and name of the role; null when it is none of that form. */
function roleOf(form: RegExp, arn: string): string | null {
  const found = form.exec(arn.trim());
  return found === null ? null : found.slice(1).join(" ").toLowerCase();
}
