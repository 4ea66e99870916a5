import { isObjectId } from "../policy/object-id.ts";

/**
 * `…:assumed-role/AWSReservedSSO_…/name`: the role session of somebody who signed in through IAM Identity Center bears their
 * user name, whichever permission set they took. Seen in practice; AWS does not document it.
 */
const SIGNED_IN = /^arn:aws[\w-]*:sts::\d+:assumed-role\/AWSReservedSSO_[^/]+\/(.+)$/;

/** Anybody who assumes any other role chooses the session name (AssumeRole, RoleSessionName): only the role counts. */
const NAMED_BY_ITSELF = /^(arn:aws[\w-]*:sts::\d+:(?:assumed-role\/[^/]+|federated-user))\/.+$/;

const SESSION = /^arn:(aws[\w-]*):sts::(\d+):assumed-role\/([^/]+)\/.+$/;
/** A role's path is part of its own ARN but not of its sessions' ARNs (IAM: identifiers). */
const ROLE = /^arn:(aws[\w-]*):iam::(\d+):role\/(?:.+\/)?([^/]+)$/;

/**
 * Whether two identities (ARNs of callers, object ids of Entra or user names) may be the same person. The API knows people of
 * Entra by object id, and AWS knows people who signed in by user name: they may be the same.
 */
export function mayBeSamePerson(one: string, other: string): boolean {
  if (isObjectId(one) && SIGNED_IN.test(other)) return true;
  if (isObjectId(other) && SIGNED_IN.test(one)) return true;
  return personOf(one) === personOf(other);
}

/**
 * Whether an identity is certainly one of the named ones: by its user name, object id or ARN, or by the ARN of its assumed
 * role. If {@link mayBeSamePerson} only suspects it, the result is false.
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

/** Partition, account and name of the role; null if it does not have that form. */
function roleOf(form: RegExp, arn: string): string | null {
  const found = form.exec(arn.trim());
  return found === null ? null : found.slice(1).join(" ").toLowerCase();
}
