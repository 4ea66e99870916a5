import { ApiError } from "../aws-api/api-error.ts";
import { InvalidInput } from "../delivery/deliver.ts";
import { type BusEvent, isoSeconds } from "./event.ts";
import { fillTemplate, splitTemplate } from "./input-template.ts";
import { isJsonPath, readPath } from "./json-path.ts";
import type { Rule, Target } from "./rule.ts";

const PREDEFINED = new Set([
  "aws.events.event",
  "aws.events.event.ingestion-time",
  "aws.events.event.json",
  "aws.events.rule-arn",
  "aws.events.rule-name",
]);

/** @throws {ApiError} ValidationException, naming the target */
export function checkTargetInput({ Id, Input, InputPath, InputTransformer }: Target): void {
  const refuse = (reason: string) => new ApiError("ValidationException", `${reason} for target ${Id}.`);
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1) {
    throw refuse("Only one of Input, InputPath, or InputTransformer must be provided");
  }
  if (Input !== undefined && !isJson(Input)) throw refuse("Input is not JSON");
  if (InputPath !== undefined && !isJsonPath(InputPath)) throw refuse(`InputPath ${InputPath} is not valid`);
  if (!InputTransformer) return;
  const { InputPathsMap: paths = {}, InputTemplate } = InputTransformer;
  for (const path of Object.values(paths)) {
    if (!isJsonPath(path)) throw refuse(`InputPathsMap has an invalid path ${path}`);
  }
  for (const part of splitTemplate(InputTemplate)) {
    if (typeof part === "string" || PREDEFINED.has(part.name) || Object.hasOwn(paths, part.name)) continue;
    throw refuse(`InputTemplate has <${part.name}>, which is not in InputPathsMap,`);
  }
}

/**
 * Builds the target's input: the event, or the result of its Input, InputPath or InputTransformer.
 * @param receivedAt when the bus got the event, milliseconds since the epoch
 * @returns JSON text
 * @throws {InvalidInput}
 */
export function makeTargetInput(target: Target, rule: Rule, event: BusEvent, receivedAt: number): string {
  const { Input, InputPath, InputTransformer } = target;
  if (Input !== undefined) return Input;
  if (InputPath !== undefined) {
    const found = readPath(event, InputPath);
    if (found === undefined) throw new InvalidInput(`The event has nothing at ${InputPath}.`);
    return JSON.stringify(found);
  }
  if (!InputTransformer) return JSON.stringify(event);
  const { InputPathsMap: paths = {}, InputTemplate } = InputTransformer;
  const { detail: _detail, ...envelope } = event;
  const predefined: Readonly<Record<string, unknown>> = {
    "aws.events.event": envelope,
    "aws.events.event.ingestion-time": isoSeconds(receivedAt),
    "aws.events.event.json": event,
    "aws.events.rule-arn": rule.arn,
    "aws.events.rule-name": rule.name,
  };
  const filled = fillTemplate(splitTemplate(InputTemplate), (name) => {
    const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
    return path === undefined ? predefined[name] : readPath(event, path);
  });
  if (!isJson(filled)) throw new InvalidInput(`InputTemplate gives no JSON for this event: ${filled}`);
  return filled;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
