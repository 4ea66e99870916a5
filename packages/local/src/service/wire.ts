import type * as Api from "./api.ts";
import type { LocalStepFunctions } from "./local-step-functions.ts";
import { ServiceError } from "./service-error.ts";
import { makeReader, type Reader } from "./request-reader.ts";

const TARGET_PREFIX = "AWSStepFunctions.";
const STATUSES = [
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
  "TIMED_OUT",
  "ABORTED",
] as const satisfies Api.ExecutionStatus[];

type Operation = (local: LocalStepFunctions, request: Reader) => object;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  StartExecution: (local, request) =>
    local.startExecution({
      stateMachineArn: request.text("stateMachineArn"),
      ...request.optional("name", "string"),
      ...request.optional("input", "string"),
    }),
  DescribeExecution: (local, request) => ({
    ...local.describeExecution(request.text("executionArn")),
    inputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: "NOT_REDRIVABLE",
  }),
  GetExecutionHistory: (local, request) =>
    local.getExecutionHistory({
      executionArn: request.text("executionArn"),
      ...page(request),
      ...request.optional("reverseOrder", "boolean"),
      ...request.optional("includeExecutionData", "boolean"),
    }),
  ListExecutions: (local, request) =>
    local.listExecutions({
      stateMachineArn: request.text("stateMachineArn"),
      ...page(request),
      ...request.optionalOneOf("statusFilter", STATUSES),
    }),
  StopExecution: (local, request) =>
    local.stopExecution({ executionArn: request.text("executionArn"), ...failure(request) }),
  SendTaskSuccess: (local, request) => {
    local.sendTaskSuccess({ taskToken: request.text("taskToken"), output: request.text("output") });
    return {};
  },
  SendTaskFailure: (local, request) => {
    local.sendTaskFailure({ taskToken: request.text("taskToken"), ...failure(request) });
    return {};
  },
  SendTaskHeartbeat: (local, request) => {
    local.sendTaskHeartbeat({ taskToken: request.text("taskToken") });
    return {};
  },
  DescribeStateMachine: (local, request) => local.describeStateMachine(request.text("stateMachineArn")),
  ListStateMachines: (local, request) => local.listStateMachines(page(request)),
};

/** The runner as an HTTP service that speaks AWS JSON 1.0, for the AWS SDK and CLI. It takes no notice of signatures. */
export function makeStepFunctionsService(local: LocalStepFunctions): {
  fetch(request: Request): Promise<Response>;
} {
  return {
    async fetch(request) {
      try {
        const name = (request.headers.get("x-amz-target") ?? "").replace(TARGET_PREFIX, "");
        const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
        if (!operation)
          throw new ServiceError(
            "UnknownOperationException",
            `The runner has no operation ${name || "(none named)"}.`,
          );
        return answer(200, operation(local, makeReader(await request.text())));
      } catch (error) {
        if (error instanceof ServiceError) return answer(400, { __type: error.name, message: error.message });
        return answer(500, {
          __type: "InternalFailure",
          message: error instanceof Error ? error.message : String(error),
        });
      }
    },
  };
}

function page(request: Reader): Api.Page {
  return { ...request.optional("maxResults", "number"), ...request.optional("nextToken", "string") };
}

function failure(request: Reader): { error?: string; cause?: string } {
  return { ...request.optional("error", "string"), ...request.optional("cause", "string") };
}

function answer(status: number, body: object): Response {
  return new Response(JSON.stringify(body, writeTime), {
    status,
    headers: { "content-type": "application/x-amz-json-1.0" },
  });
}

const TIMES = new Set(["timestamp", "startDate", "stopDate", "creationDate"]);

/**
 * AWS JSON writes times as seconds since the epoch. Payloads are text in text, so that their members are not met here;
 * a workflow variable may have one of the names, but its JSON never looks like a time.
 */
function writeTime(name: string, value: unknown): unknown {
  return TIMES.has(name) && typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)
    ? Date.parse(value) / 1000
    : value;
}
