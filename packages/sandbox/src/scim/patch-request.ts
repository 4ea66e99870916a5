import * as z from "zod";
import { validation } from "./errors.ts";
import { describeIssue } from "./user-resource.ts";

const PatchRequest = z.strictObject({
  schemas: z.array(z.string()).optional(),
  Operations: z
    .array(
      z.strictObject({ op: z.string(), path: z.string().min(1).optional(), value: z.unknown().optional() }),
    )
    .min(1),
});

export interface PatchOperation {
  readonly op: "add" | "replace" | "remove";
  readonly path: string | null;
  readonly value: unknown;
}

/** Operation names in any case, as Entra sends them capitalised. @throws {ScimError} ValidationException */
export function parsePatch(body: unknown): PatchOperation[] {
  const parsed = PatchRequest.safeParse(body);
  if (!parsed.success) throw validation(describeIssue(parsed.error));
  return parsed.data.Operations.map(({ op, path, value }) => {
    const name = op.toLowerCase();
    if (name !== "add" && name !== "replace" && name !== "remove")
      throw validation(`Unsupported PATCH op ${op}`);
    if (name !== "remove" && value === undefined) throw validation(`Missing value for ${name}`);
    return { op: name, path: path ?? null, value };
  });
}
