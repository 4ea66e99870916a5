import type { Json } from "../../definition/asl.ts";
import { StateError } from "../state-error.ts";
import type { TaskCall } from "./task-call.ts";

/** `lambda:invoke`: the function's answer, wrapped as the Lambda API gives it. */
export async function invokeLambda(call: TaskCall): Promise<Json> {
  const { FunctionName, Payload } = call.arguments;
  let answer: string | undefined;
  try {
    const returned = await call.runtime.invokeLambda(FunctionName as string, structuredClone(Payload ?? {}));
    answer = JSON.stringify(returned) as string | undefined;
  } catch (error) {
    throw asLambdaFailure(error);
  }
  return { ExecutedVersion: "$LATEST", Payload: JSON.parse(answer ?? "null") as Json, StatusCode: 200 };
}

/** A function that throws fails its task with the error's name, and Lambda's JSON as the cause. */
function asLambdaFailure(error: unknown): StateError {
  const isError = error instanceof Error;
  const errorType = isError ? error.name : typeof error;
  const errorMessage = isError ? error.message : String(error);
  return new StateError(errorType, JSON.stringify({ errorType, errorMessage, trace: [] }));
}
