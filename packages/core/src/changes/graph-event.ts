import * as z from "zod";
import type { Reading } from "./hint.ts";

const Detail = z.object({
  groupIds: z.array(z.guid()).max(1000),
  /** There were more groups than fit. */
  all: z.boolean(),
});

/** @throws {z.ZodError} */
export function readGraphEvent(detail: unknown): Reading {
  const { groupIds, all } = Detail.parse(detail);
  if (all) return { hints: [{ kind: "all" }] };
  return { hints: groupIds.map((id) => ({ kind: "group", id })) };
}
