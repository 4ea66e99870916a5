import { ApiError } from "../aws-api/api-error.ts";

export interface FunctionName {
  readonly name: string;
  /** The part of a full ARN before the name; absent otherwise. */
  readonly prefix?: string;
  /** Version or alias. */
  readonly qualifier?: string;
}

const FORM =
  /^(?<prefix>(?:arn:aws[\w-]*:lambda:[a-z0-9-]+:)?(?:\d{12}:)?(?:function:)?)(?<name>[\w-]{1,64})(?::(?<qualifier>\$LATEST|[\w-]+))?$/;

/** Name, partial ARN or ARN, with or without a version. [Invoke: FunctionName] @throws {ApiError} InvalidParameterValueException */
export function readFunctionName(text: string): FunctionName {
  const { prefix, name, qualifier } = FORM.exec(text)?.groups ?? {};
  if (name === undefined) {
    throw new ApiError("InvalidParameterValueException", `${text} is no name and no ARN of a function.`);
  }
  return {
    name,
    ...(prefix?.startsWith("arn:") && { prefix }),
    ...(qualifier !== undefined && { qualifier }),
  };
}
