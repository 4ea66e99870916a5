import type { Json, State, Template } from "./asl.ts";
import { memberPath } from "./place.ts";
import { listEndings, type Placed } from "./walk.ts";
import { isExpression } from "../expressions/expression.ts";

/** A member of `$states` that only some fields see. */
export type OutcomeName = "result" | "errorOutput";

export interface PlacedExpression extends Placed<string> {
  /** The member of `$states`, in addition to input and context, that exists at the expression's place. */
  readonly outcome: OutcomeName | null;
}

/** Fields that hold no templates of the state itself. */
const NOT_TEMPLATES = new Set([
  "Comment",
  "Branches",
  "ItemProcessor",
  "Choices",
  "Catch",
  "Retry",
  "Next",
  "Type",
]);

/** The expressions of one state, not those of graphs inside. */
export function listExpressions(state: Placed<State>): PlacedExpression[] {
  return listEndings(state).flatMap((placed) => listOfFields(placed, outcomeOf(placed, state)));
}

function outcomeOf(ending: Placed<object>, { value: state, path }: Placed<State>): OutcomeName | null {
  if (ending.path !== path) return state.Type === "Choice" ? null : "errorOutput";
  return state.Type === "Task" || state.Type === "Parallel" || state.Type === "Map" ? "result" : null;
}

function listOfFields({ value, path }: Placed<object>, outcome: OutcomeName | null): PlacedExpression[] {
  return Object.entries(value)
    .filter(([field]) => !NOT_TEMPLATES.has(field))
    .flatMap(([field, template]) => {
      const visible = field === "Assign" || field === "Output" ? outcome : null;
      return listInTemplate(template as Template, memberPath(path, field)).map((found) => ({
        ...found,
        outcome: visible,
      }));
    });
}

function listInTemplate(template: Json, path: string): Placed<string>[] {
  if (isExpression(template)) return [{ value: template, path }];
  if (typeof template !== "object" || template === null) return [];
  if (Array.isArray(template)) {
    return (template as Json[]).flatMap((entry, index) => listInTemplate(entry, memberPath(path, index)));
  }
  return Object.entries(template).flatMap(([name, member]) => listInTemplate(member, memberPath(path, name)));
}
