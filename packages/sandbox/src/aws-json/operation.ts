import type { z } from "zod";

/** What an operation may need to know about the request, in addition to its input. */
export interface Call {
  readonly operation: string;
  /** The signature's access key id; null without a signature. */
  readonly accessKeyId: string | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** One operation of an AWS JSON service: receives the parsed body, returns the output members. */
export interface Operation {
  /** @throws {AwsError} */
  run(body: unknown, call: Call): unknown;
}

export type Operations = Readonly<Record<string, Operation>>;

/** Creates the error that a service returns for an input that violates its model. */
export type InvalidInput = (message: string) => Error;

export type DefineOperation = <Input>(
  input: z.ZodType<Input>,
  handle: (input: Input, call: Call) => unknown,
) => Operation;

/**
 * Returns the function with which a service declares its operations. Members that the sandbox does not imitate are
 * refused like wrong ones: to ignore them silently would be a lie.
 * @param folder below `packages/sandbox/src`, where the service's coverage page lies
 */
export function makeDefineOperation(invalidInput: InvalidInput, folder: string): DefineOperation {
  return (input, handle) => ({
    run(body, call) {
      const parsed = input.safeParse(body);
      if (!parsed.success) throw invalidInput(describeIssues(parsed.error, folder));
      return handle(parsed.data, call);
    },
  });
}

/**
 * In AWS's wording: the member and the constraint. If the input is valid but not imitated, the message says so and names the
 * coverage page of `folder`.
 */
export function describeIssues(error: z.ZodError, folder: string): string {
  const issues = error.issues.map((issue) => {
    const { path, message } = issue;
    const member = path.length === 0 ? "the input" : `'${path.join(".")}'`;
    if (issue.code === "unrecognized_keys") {
      const keys = issue.keys.map((key) => `'${key}'`).join(", ");
      return `The sandbox does not imitate ${keys} in ${member}; see packages/sandbox/src/${folder}/coverage.md`;
    }
    return `Value at ${member} failed to satisfy constraint: ${message}`;
  });
  const count = issues.length;
  return `${count} validation error${count === 1 ? "" : "s"} detected: ${issues.join("; ")}`;
}
