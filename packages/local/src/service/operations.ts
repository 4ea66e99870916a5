import { InvalidDefinition } from "../definition/parse-state-machine.ts";
import type * as Api from "./api.ts";
import { COVERAGE_PAGE } from "../coverage-page.ts";
import type { LocalStepFunctions } from "./local-step-functions.ts";
import type { Reader } from "./request-reader.ts";
import { ServiceError } from "./service-error.ts";

interface Operation {
  /** The members of the request that are imitated. */
  readonly members: readonly string[];
  readonly run: (local: LocalStepFunctions, request: Reader) => object;
}

const STATUSES = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"] as const;
const PAGE = ["maxResults", "nextToken"];
const FAILURE = ["error", "cause"];
/** [ExecutionFailedEventDetails] */
const MAX_ERROR_LENGTH = 256;
const MAX_CAUSE_LENGTH = 32_768;
/** [CreateStateMachine: definition] */
const MAX_DEFINITION_LENGTH = 1_048_576;

/** By the name in `x-amz-target`. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateStateMachine: {
    members: ["name", "definition", "roleArn", "type", "tags"],
    run: (local, request) => {
      checkType(request);
      const options = { roleArn: request.text("roleArn"), tags: request.tags("tags") };
      const definition = parseDefinition(request.text("definition"));
      const stateMachineArn = local.createStateMachine(request.text("name"), definition, options);
      const { creationDate } = local.describeStateMachine(stateMachineArn);
      return { stateMachineArn, creationDate };
    },
  },
  UpdateStateMachine: {
    members: ["stateMachineArn", "definition", "roleArn"],
    run: (local, request) => {
      const { definition } = request.optional("definition", "string");
      return local.updateStateMachine({
        stateMachineArn: request.text("stateMachineArn"),
        ...(definition === undefined ? {} : { definition: parseDefinition(definition) }),
        ...request.optional("roleArn", "string"),
      });
    },
  },
  DeleteStateMachine: {
    members: ["stateMachineArn"],
    run: (local, request) => nothing(local.deleteStateMachine(request.text("stateMachineArn"))),
  },
  DescribeStateMachine: {
    members: ["stateMachineArn", "includedData"],
    run: (local, request) => {
      request.optionalOneOf("includedData", ["ALL_DATA"]);
      return local.describeStateMachine(request.text("stateMachineArn"));
    },
  },
  DescribeStateMachineForExecution: {
    members: ["executionArn", "includedData"],
    run: (local, request) => {
      request.optionalOneOf("includedData", ["ALL_DATA"]);
      return local.describeStateMachineForExecution(request.text("executionArn"));
    },
  },
  ListStateMachines: { members: PAGE, run: (local, request) => local.listStateMachines(page(request)) },
  ValidateStateMachineDefinition: {
    members: ["definition", "type", "severity", "maxResults"],
    run: (local, request) => {
      checkType(request);
      return local.validateStateMachineDefinition({
        definition: request.text("definition"),
        ...request.optionalOneOf("severity", ["ERROR", "WARNING"]),
        ...request.optional("maxResults", "number"),
      });
    },
  },
  TagResource: {
    members: ["resourceArn", "tags"],
    run: (local, request) => nothing(local.tagResource(request.text("resourceArn"), request.tags("tags"))),
  },
  UntagResource: {
    members: ["resourceArn", "tagKeys"],
    run: (local, request) =>
      nothing(local.untagResource(request.text("resourceArn"), request.texts("tagKeys"))),
  },
  ListTagsForResource: {
    members: ["resourceArn"],
    run: (local, request) => ({ tags: local.listTagsForResource(request.text("resourceArn")) }),
  },
  StartExecution: {
    members: ["stateMachineArn", "name", "input"],
    run: (local, request) =>
      local.startExecution({
        stateMachineArn: request.text("stateMachineArn"),
        ...request.optional("name", "string"),
        ...request.optional("input", "string"),
      }),
  },
  DescribeExecution: {
    members: ["executionArn", "includedData"],
    run: (local, request) => {
      request.optionalOneOf("includedData", ["ALL_DATA"]);
      return local.describeExecution(request.text("executionArn"));
    },
  },
  StopExecution: {
    members: ["executionArn", ...FAILURE],
    run: (local, request) =>
      local.stopExecution({ executionArn: request.text("executionArn"), ...failure(request) }),
  },
  RedriveExecution: {
    members: ["executionArn", "clientToken"],
    run: (local, request) =>
      local.redriveExecution({
        executionArn: request.text("executionArn"),
        ...request.optionalText("clientToken", 64),
      }),
  },
  ListExecutions: {
    members: ["stateMachineArn", "statusFilter", "redriveFilter", ...PAGE],
    run: (local, request) =>
      local.listExecutions({
        stateMachineArn: request.text("stateMachineArn"),
        ...page(request),
        ...request.optionalOneOf("statusFilter", STATUSES),
        ...request.optionalOneOf("redriveFilter", ["REDRIVEN", "NOT_REDRIVEN"]),
      }),
  },
  GetExecutionHistory: {
    members: ["executionArn", "reverseOrder", "includeExecutionData", ...PAGE],
    run: (local, request) =>
      local.getExecutionHistory({
        executionArn: request.text("executionArn"),
        ...page(request),
        ...request.optional("reverseOrder", "boolean"),
        ...request.optional("includeExecutionData", "boolean"),
      }),
  },
  SendTaskSuccess: {
    members: ["taskToken", "output"],
    run: (local, request) =>
      nothing(
        local.sendTaskSuccess({ taskToken: request.text("taskToken"), output: request.text("output") }),
      ),
  },
  SendTaskFailure: {
    members: ["taskToken", ...FAILURE],
    run: (local, request) =>
      nothing(local.sendTaskFailure({ taskToken: request.text("taskToken"), ...failure(request) })),
  },
  SendTaskHeartbeat: {
    members: ["taskToken"],
    run: (local, request) => nothing(local.sendTaskHeartbeat({ taskToken: request.text("taskToken") })),
  },
};

function nothing(_done: void): object {
  return {};
}

function page(request: Reader): Api.Page {
  return { ...request.optional("maxResults", "number"), ...request.optional("nextToken", "string") };
}

function failure(request: Reader): { error?: string; cause?: string } {
  return {
    ...request.optionalText("error", MAX_ERROR_LENGTH),
    ...request.optionalText("cause", MAX_CAUSE_LENGTH),
  };
}

function checkType(request: Reader): void {
  const { type = "STANDARD" } = request.optionalOneOf("type", ["STANDARD", "EXPRESS"]);
  if (type === "STANDARD") return;
  throw new ServiceError(
    "StateMachineTypeNotSupported",
    `Express workflows are not imitated by the local Step Functions; see ${COVERAGE_PAGE}`,
  );
}

function parseDefinition(text: string): unknown {
  if (text.length > MAX_DEFINITION_LENGTH) {
    throw new ServiceError(
      "ValidationException",
      `definition has more than ${MAX_DEFINITION_LENGTH} characters.`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = `is not JSON: ${(error as Error).message}`;
    throw new InvalidDefinition("", [{ path: "$", message }]);
  }
}
