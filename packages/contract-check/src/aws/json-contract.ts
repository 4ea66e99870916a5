import {
  type Contract,
  type GivenResponse,
  PROBE_ORIGIN,
  type Problem,
  type SentRequest,
  unknownOperation,
} from "../contract.ts";
import { parseJson } from "../json-schema.ts";
import { checkError, errorName, type ServiceModel } from "./check-error.ts";
import type { ModelOperation } from "./model.ts";
import { shapePointer } from "./shape-schemas.ts";

/** A service of the protocols AWS JSON 1.0 and 1.1: one POST, the operation in `X-Amz-Target`. */
export function makeJsonContract(service: ServiceModel): Contract {
  const { operations, metadata } = service.model;
  const prefix = `${metadata.targetPrefix ?? ""}.`;
  return {
    judge(request, response) {
      const target = request.headers.get("x-amz-target") ?? "";
      const name = target.startsWith(prefix) ? target.slice(prefix.length) : "";
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined)
        return unknownOperation(target || `${request.method} without X-Amz-Target`);
      return {
        operation: name,
        known: true,
        request: checkRequest(service, operation, request),
        response: response === null ? [] : checkResponse(service, operation, response),
      };
    },
    probes: () =>
      Object.keys(operations).map((operation) => ({
        operation,
        request: new Request(PROBE_ORIGIN, {
          method: "POST",
          headers: {
            "x-amz-target": `${prefix}${operation}`,
            "content-type": `application/x-amz-json-${metadata.jsonVersion ?? "1.1"}`,
          },
          body: "{}",
        }),
      })),
  };
}

function checkRequest({ schemas }: ServiceModel, { input }: ModelOperation, request: SentRequest): Problem[] {
  const problems: Problem[] = [];
  if (request.method !== "POST") problems.push({ path: "method", message: `is ${request.method}, not POST` });
  if (request.url.pathname !== "/") problems.push({ path: "path:", message: "must be /" });
  const parsed = parseJson(request.body);
  if ("problem" in parsed) return [...problems, parsed.problem];
  if (input === undefined) return problems;
  return [...problems, ...schemas.check(shapePointer(input.shape), parsed.value)];
}

function checkResponse(service: ServiceModel, operation: ModelOperation, response: GivenResponse): Problem[] {
  const { status, headers, body } = response;
  const { output } = operation;
  if (status < 400) {
    if (status !== 200) return [{ path: "status", message: `is ${status}, not 200` }];
    if (output === undefined && body === "") return [];
    const parsed = parseJson(body);
    if ("problem" in parsed) return [parsed.problem];
    if (output !== undefined) return service.schemas.check(shapePointer(output.shape), parsed.value);
    return isEmptyObject(parsed.value) ? [] : [{ path: "$", message: "the operation has no output" }];
  }
  const parsed = parseJson(body);
  if ("problem" in parsed) return [parsed.problem];
  const members = (parsed.value ?? {}) as Readonly<Record<string, unknown>>;
  const type = headers.get("x-amzn-errortype") ?? members["__type"];
  return checkError(service, operation, {
    status,
    code: typeof type === "string" ? errorName(type) : null,
    members,
  });
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
