import { invalidParameter } from "./errors.ts";
import type { Secret, SecretValue } from "./state.ts";

/** The value in a request; null without one. @throws {AwsError} InvalidParameterException for two values */
export function readValue({
  SecretString,
  SecretBinary,
}: {
  SecretString?: string | undefined;
  SecretBinary?: string | undefined;
}): SecretValue | null {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter("You can't specify both a binary secret value and a string secret value.");
  }
  if (SecretString !== undefined) return { SecretString };
  return SecretBinary === undefined ? null : { SecretBinary };
}

export function identify(secret: Secret) {
  return { ARN: secret.arn, Name: secret.name };
}
