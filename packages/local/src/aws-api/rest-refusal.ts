import { asApiError } from "./api-error.ts";

/** The error answer of the `rest-json` protocol. */
export function answerRefusal(thrown: unknown, coveragePage: string): Response {
  const { name, message, status } = asApiError(thrown, coveragePage);
  return Response.json({ Message: message, message }, { status, headers: { "x-amzn-errortype": name } });
}
