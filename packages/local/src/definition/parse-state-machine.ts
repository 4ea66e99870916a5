import type { StateGraph, StateMachine } from "./asl.ts";
import { findReferenceProblems } from "./check-references.ts";
import { checkShape } from "./check-shape.ts";
import { findUseProblems } from "./check-use.ts";
import { Place, type Problem } from "./place.ts";

/** A definition that this runner would not run exactly as written. */
export class InvalidDefinition extends Error {
  override readonly name = "InvalidDefinition";
  readonly problems: readonly Problem[];

  constructor(machine: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `${path} ${message}`);
    super(`State machine ${machine} is refused:\n${lines.join("\n")}`);
    this.problems = problems;
  }
}

/** The problems for which `parseStateMachine` would refuse it; empty if there are none. */
export function findDefinitionProblems(definition: unknown): Problem[] {
  const place = new Place();
  checkShape(definition, place);
  if (place.problems.length > 0) return place.problems;
  return [...findReferenceProblems(definition as StateGraph), ...findUseProblems(definition as StateGraph)];
}

/**
 * Reads a definition in Amazon States Language with JSONata.
 * @param definition the parsed JSON; it is copied
 * @throws {InvalidDefinition} naming the JSON path of everything that is wrong, unknown or not supported
 */
export function parseStateMachine(name: string, definition: unknown): StateMachine {
  const problems = findDefinitionProblems(definition);
  if (problems.length > 0) throw new InvalidDefinition(name, problems);
  const source = JSON.stringify(definition);
  return { ...(JSON.parse(source) as StateGraph), name, definition: source };
}
