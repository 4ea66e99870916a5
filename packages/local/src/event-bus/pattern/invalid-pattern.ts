import { ApiError } from "../../aws-api/api-error.ts";

/** @param place JSON path in the pattern */
export function invalidPattern(reason: string, place: string): ApiError {
  return new ApiError(
    "InvalidEventPatternException",
    `Event pattern is not valid. Reason: ${reason} at ${place}`,
  );
}
