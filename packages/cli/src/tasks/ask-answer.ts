import type { AnswerField } from "@landbridge/core";
import type { Prompts } from "../prompts/prompts.ts";

/** Asks for every field; null when the person gives up. */
export async function askAnswer(
  fields: readonly AnswerField[],
  prompts: Prompts,
): Promise<Record<string, string> | null> {
  const answer: Record<string, string> = {};
  for (const field of fields) {
    const value = await askField(field, prompts);
    if (value === null) return null;
    if (value !== "") answer[field.name] = value;
  }
  return answer;
}

function askField({ name, what, input, optional }: AnswerField, prompts: Prompts): Promise<string | null> {
  if (input === "secret") return prompts.secret(`${name}: ${what} (not shown while you paste it)`);
  if (input === "document") return prompts.document("Path of the downloaded XML file, or paste its text");
  return prompts.text(`${name}: ${what}${optional ? " (Enter leaves it out)" : ""}`);
}
