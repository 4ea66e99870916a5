import { Hono } from "hono";
import { ApiError, NotImitated } from "../aws-api/api-error.ts";
import type { Service } from "../aws-api/json-service.ts";
import { answerRefusal } from "../aws-api/rest-refusal.ts";
import type { LocalLambda } from "./local-lambda.ts";

const COVERAGE_PAGE = "packages/local/src/lambda/coverage.md";
const INVALID = "InvalidParameterValueException";

/** Invoke as an HTTP service, for the AWS SDK and CLI. It ignores signatures. */
export function makeLambdaService(lambda: LocalLambda): Service {
  const app = new Hono()
    .post("/2015-03-31/functions/:name/invocations", async ({ req }) => {
      refuseUnknownHeaders(req.raw.headers);
      const functionArn = lambda.resolve(req.param("name"), req.query("Qualifier"));
      const payload = await req.text();
      const type = req.header("x-amz-invocation-type") ?? "RequestResponse";
      switch (type) {
        case "DryRun":
          return answer(204);
        case "Event":
          lambda.invokeAsync(functionArn, payload);
          return answer(202);
        case "RequestResponse": {
          const invocation = await lambda.invoke(functionArn, payload);
          const failure = invocation.functionError && { "x-amz-function-error": invocation.functionError };
          return answer(200, invocation.payload, { "content-type": "application/json", ...failure });
        }
        default:
          throw new ApiError(
            INVALID,
            `InvocationType must be Event, RequestResponse or DryRun, not ${type}.`,
          );
      }
    })
    .notFound(({ req }) => {
      const refusal = new NotImitated(`Operation ${req.method} ${req.path}`, "UnknownOperationException");
      return answerRefusal(refusal, COVERAGE_PAGE);
    })
    .onError((error) => answerRefusal(error, COVERAGE_PAGE));
  return { fetch: async (request) => app.fetch(request) };
}

/** Parameters of Invoke that would change what the function sees or what the caller gets. */
function refuseUnknownHeaders(headers: Headers): void {
  if ((headers.get("x-amz-log-type") ?? "None") !== "None") throw new NotImitated("LogType Tail", INVALID);
  for (const name of ["x-amz-client-context", "x-amz-durable-execution-name", "x-amz-tenant-id"]) {
    if (headers.has(name)) throw new NotImitated(`Header ${name}`, INVALID);
  }
}

function answer(status: number, body: string | null = null, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { ...headers, "x-amz-executed-version": "$LATEST" } });
}
