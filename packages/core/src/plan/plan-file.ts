import { createHash } from "node:crypto";
import * as z from "zod";
import { FlowError } from "../errors.ts";
import { formatPath } from "../yaml/issues.ts";
import { PlanShape } from "./plan-shape.ts";
import type { Plan } from "./plan.ts";

/** A plan that can be read, passed on and applied later: with its policy, and a hash of everything. */
export interface PlanFile {
  /** The policy to put in force first; null: the policy that the deployment then has. */
  readonly policy: { readonly file: string; readonly text: string } | null;
  readonly plan: Plan;
}

const FORMAT = "landbridge-plan";
/** 2: the plan has roles to provision. */
const VERSION = 2;

const Envelope = z.object({ format: z.literal(FORMAT), version: z.number(), hash: z.string() });
const Contents = z.object({
  policy: z.object({ file: z.string(), text: z.string() }).nullable(),
  plan: PlanShape,
});

/** The text of a plan file, ending in a newline. */
export function writePlanFile({ policy, plan }: PlanFile): string {
  const contents = { format: FORMAT, version: VERSION, policy, plan };
  return `${JSON.stringify({ ...contents, hash: hashOf(contents) }, null, 2)}\n`;
}

/**
 * Reads an unedited plan file. Layout does not matter. The hash protects against mistakes, not against somebody who
 * computes it again: the flow plans again before it applies anything.
 * @throws {FlowError} PlanFileInvalid, PlanFileUnknownVersion, PlanFileEdited
 */
export function readPlanFile(text: string, file: string): PlanFile {
  const document = parsed(text, file);
  const envelope = Envelope.safeParse(document);
  if (!envelope.success) throw new FlowError("PlanFileInvalid", `${file} is not a plan file`);
  const { version, hash } = envelope.data;
  if (version !== VERSION) {
    const said = `${file} is a plan of version ${version}; this Landbridge reads version ${VERSION}`;
    throw new FlowError("PlanFileUnknownVersion", said);
  }
  const { hash: _, ...contents } = document as Record<string, unknown>;
  if (hashOf(contents) !== hash) {
    throw new FlowError("PlanFileEdited", `${file} was edited: its hash does not match its contents`);
  }
  const read = Contents.safeParse(document);
  // The plan as it stands in the file: its hash depends on the order of its fields, which parsing changes.
  if (read.success) return { policy: read.data.policy, plan: (document as PlanFile).plan };
  const [issue] = read.error.issues;
  throw new FlowError("PlanFileInvalid", `${file}: ${formatPath(issue?.path ?? [])}: ${issue?.message}`);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FlowError("PlanFileInvalid", `${file} is not JSON: ${String(error)}`, { cause: error });
  }
}

function hashOf(contents: object): string {
  return createHash("sha256").update(JSON.stringify(contents)).digest("hex");
}
