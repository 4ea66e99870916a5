import { InvalidDefinition } from "../definition/parse-state-machine.ts";
import { COVERAGE_PAGE } from "../coverage-page.ts";
import type { LocalStepFunctions } from "./local-step-functions.ts";
import { OPERATIONS } from "./operations.ts";
import { makeReader } from "./request-reader.ts";
import { ServiceError } from "./service-error.ts";

const TARGET_PREFIX = "AWSStepFunctions.";

/** The runner as an HTTP service with AWS JSON 1.0, for the AWS SDK and CLI. It ignores signatures. */
export function makeStepFunctionsService(local: LocalStepFunctions): {
  fetch(request: Request): Promise<Response>;
} {
  return {
    async fetch(request) {
      try {
        const { members, run } = findOperation(request.headers.get("x-amz-target") ?? "");
        return answer(200, run(local, makeReader(await request.text(), members)));
      } catch (error) {
        if (error instanceof ServiceError || error instanceof InvalidDefinition)
          return answer(400, { __type: error.name, message: error.message });
        return answer(500, {
          __type: "InternalFailure",
          message: error instanceof Error ? error.message : String(error),
        });
      }
    },
  };
}

function findOperation(target: string): (typeof OPERATIONS)[string] {
  const name = target.replace(TARGET_PREFIX, "");
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation) return operation;
  throw new ServiceError(
    "UnknownOperationException",
    `${name || "(no operation)"} is not imitated by the local Step Functions; see ${COVERAGE_PAGE}`,
  );
}

function answer(status: number, body: object): Response {
  return new Response(JSON.stringify(body, writeTime), {
    status,
    headers: { "content-type": "application/x-amz-json-1.0" },
  });
}

const TIMES = new Set(["timestamp", "startDate", "stopDate", "creationDate", "updateDate", "redriveDate"]);

/**
 * AWS JSON writes times as seconds since the epoch. Payloads are text in text, so that their members are not met here;
 * a workflow variable may have one of the names, but its JSON never looks like a time.
 */
function writeTime(name: string, value: unknown): unknown {
  return TIMES.has(name) && typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)
    ? Date.parse(value) / 1000
    : value;
}
