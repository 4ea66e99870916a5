import type { z } from "zod";

/** One operation of an AWS JSON service: takes the parsed body, answers the output members. */
export interface Operation {
  /** @throws {AwsError} */
  run(body: unknown): unknown;
}

export type Operations = Readonly<Record<string, Operation>>;

/** Makes the error that a service answers to an input that breaks its model. */
export type InvalidInput = (message: string) => Error;

export type DefineOperation = <Input>(
  input: z.ZodType<Input>,
  handle: (input: Input) => unknown,
) => Operation;

/**
 * Returns the function with which a service declares its operations. Members that the sandbox does not
 * imitate are
 * refused like wrong ones: to ignore them silently would be a lie.
 */
export function makeDefineOperation(invalidInput: InvalidInput): DefineOperation {
  return (input, handle) => ({
    run(body) {
      const parsed = input.safeParse(body);
      if (!parsed.success) throw invalidInput(describeIssues(parsed.error));
      return handle(parsed.data);
    },
  });
}

/** In the wording of AWS: which member, which constraint. */
function describeIssues(error: z.ZodError): string {
  const issues = error.issues.map(({ path, message }) => {
    const member = path.length === 0 ? "the input" : `'${path.join(".")}'`;
    return `Value at ${member} failed to satisfy constraint: ${message}`;
  });
  const count = issues.length;
  return `${count} validation error${count === 1 ? "" : "s"} detected: ${issues.join("; ")}`;
}
