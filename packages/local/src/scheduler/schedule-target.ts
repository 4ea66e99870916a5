import { ApiError, NotImitated } from "../aws-api/api-error.ts";
import { InvalidInput } from "../delivery/deliver.ts";
import { callTarget, type Targets, targetKind } from "../delivery/targets.ts";
import type { ScheduleTarget } from "./schedule.ts";

/** StartExecution as a universal target: its request is the input. */
const START_EXECUTION = "arn:aws:scheduler:::aws-sdk:sfn:startExecution";

interface StartExecutionRequest {
  readonly StateMachineArn: string;
  readonly Input?: string;
  readonly Name?: string;
}

/** @throws {ApiError} ValidationException */
export function checkScheduleTarget({ Arn, Input }: ScheduleTarget): void {
  if (!targetKind(Arn) && Arn !== START_EXECUTION) {
    throw new NotImitated(
      `A target other than a state machine, an unqualified function or ${START_EXECUTION} (${Arn})`,
    );
  }
  // AWS then sends its own notification, whose form it does not document.
  if (Input === undefined) throw new NotImitated("A target without Input");
  if (Arn === START_EXECUTION) readStartExecution(Input);
  else parse(Input);
}

/** @param input Input of the target, its context attributes filled in */
export async function callScheduleTarget(targets: Targets, arn: string, input: string): Promise<void> {
  if (arn !== START_EXECUTION) {
    if (!isJson(input)) throw new InvalidInput(`Input is no JSON: ${input}`);
    return callTarget(targets, arn, input);
  }
  const { StateMachineArn, Input = "{}", Name } = readStartExecution(input);
  await (Name === undefined
    ? targets.startExecution(StateMachineArn, Input)
    : targets.startExecution(StateMachineArn, Input, Name));
}

function readStartExecution(input: string): StartExecutionRequest {
  const request = parse(input);
  if (typeof request !== "object" || request === null) throw invalidInput("it is not an object");
  for (const [name, value] of Object.entries(request)) {
    if (!["StateMachineArn", "Input", "Name"].includes(name)) throw new NotImitated(`Target.Input.${name}`);
    if (typeof value !== "string") throw invalidInput(`${name} is not a string`);
  }
  if (!("StateMachineArn" in request)) throw invalidInput("it has no StateMachineArn");
  return request as StartExecutionRequest;
}

function parse(input: string): unknown {
  if (!isJson(input)) throw invalidInput("it is not JSON");
  return JSON.parse(input);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function invalidInput(reason: string): ApiError {
  return new ApiError("ValidationException", `Target.Input is not valid: ${reason}.`);
}
