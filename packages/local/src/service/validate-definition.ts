import { findDefinitionProblems } from "../definition/parse-state-machine.ts";
import type { Problem } from "../definition/place.ts";
import { lintStateMachine } from "../lint/lint-state-machine.ts";
import type { Diagnostic, ValidateAnswer, ValidateRequest } from "./api.ts";
import { ServiceError } from "./service-error.ts";

const MAX_DIAGNOSTICS = 100;

/**
 * Errors are what CreateStateMachine would refuse, warnings what the lint would add. Only the result is dependable, as
 * with AWS: codes and texts are the runner's own. [ValidateStateMachineDefinition]
 * @throws {ServiceError} ValidationException
 */
export function validateDefinition(request: ValidateRequest): ValidateAnswer {
  const wanted = request.maxResults ?? 0;
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > MAX_DIAGNOSTICS) {
    throw new ServiceError("ValidationException", `maxResults must be from 0 to ${MAX_DIAGNOSTICS}.`);
  }
  const errors = findErrors(request.definition);
  const warnings =
    errors.length > 0 || request.severity !== "WARNING" ? [] : findWarnings(request.definition);
  const diagnostics = [...errors, ...warnings];
  const limit = wanted || MAX_DIAGNOSTICS;
  return {
    result: errors.length > 0 ? "FAIL" : "OK",
    diagnostics: diagnostics.slice(0, limit),
    truncated: diagnostics.length > limit,
  };
}

function findErrors(definition: string): Diagnostic[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(definition);
  } catch (error) {
    const message = `The definition is not JSON: ${(error as Error).message}`;
    return [{ severity: "ERROR", code: "INVALID_JSON_DESCRIPTION", message, location: "/" }];
  }
  return findDefinitionProblems(parsed).map((problem) => diagnose(problem, "ERROR"));
}

function findWarnings(definition: string): Diagnostic[] {
  return lintStateMachine(JSON.parse(definition)).map((problem) => diagnose(problem, "WARNING"));
}

function diagnose({ path, message }: Problem, severity: "ERROR" | "WARNING"): Diagnostic {
  const code = severity === "ERROR" ? "SCHEMA_VALIDATION_FAILED" : "LINT";
  return { severity, code, message: `${path} ${message}`, location: pointerOf(path) };
}

/** `$.States.Name.Choices[0]` as `/States/Name/Choices[0]` */
function pointerOf(path: string): string {
  return path === "$"
    ? "/"
    : path
        .replace(/^\$/, "")
        .replace(/\["([^"]*)"\]/g, "/$1")
        .replaceAll(".", "/");
}
