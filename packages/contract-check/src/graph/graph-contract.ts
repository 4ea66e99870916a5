import {
  type Contract,
  type GivenResponse,
  PROBE_ORIGIN,
  type Problem,
  type SentRequest,
  unknownOperation,
  type Verdict,
} from "../contract.ts";
import { JsonSchemas, parseJson, pointerStep } from "../json-schema.ts";
import { type BatchItem, itemsOf } from "./batch.ts";
import { checkParameters } from "./check-parameters.ts";
import { type FoundOperation, findOperation } from "./find-operation.ts";
import { type GraphOperation, type OpenApi, parametersOf, readOpenApi } from "./openapi.ts";

const ERROR_SCHEMA = "/components/schemas/odataError";

interface Graph {
  readonly openApi: OpenApi;
  readonly schemas: JsonSchemas;
}

/** Microsoft Graph v1.0. @param file path of its OpenAPI document */
export function readGraphContract(file: string): Contract {
  const openApi = readOpenApi(file);
  const graph = { openApi, schemas: new JsonSchemas(openApi) };
  return { judge: (request, response) => judge(graph, request, response), probes: () => probesOf(openApi) };
}

function judge(graph: Graph, request: SentRequest, response: GivenResponse | null): Verdict {
  const found = findOperation(graph.openApi, request.method, request.url.pathname);
  if (found === null) return unknownOperation(`${request.method} ${request.url.pathname}`);
  const inner =
    found.path === "/$batch" ? itemsOf(request, response).map((item) => judgeItem(graph, item)) : [];
  return {
    operation: `${request.method} ${found.path}`,
    known: true,
    request: [...checkRequest(graph, found, request), ...inner.flatMap((item) => item.request)],
    response: [
      ...(response === null ? [] : checkResponse(graph, found, response)),
      ...inner.flatMap((item) => item.response),
    ],
  };
}

/** The requests of a batch are requests of Graph themselves. */
function judgeItem(
  graph: Graph,
  { at, request, response }: BatchItem,
): Pick<Verdict, "request" | "response"> {
  const verdict = judge(graph, request, response);
  const place = (kind: string) => (problem: Problem) => ({
    ...problem,
    path: `$.${kind}[${at}] ${verdict.operation} ${problem.path}`,
  });
  const refused = response !== null && response.status >= 400;
  const unknown = { path: "$", message: "the contract has no such operation" };
  const foreign = verdict.known || refused ? [] : [unknown];
  // One refused item does not refuse the batch, so what its request violates is settled here.
  return {
    request: [...(refused ? [] : verdict.request), ...foreign].map(place("requests")),
    response: verdict.response.map(place("responses")),
  };
}

function checkRequest({ openApi, schemas }: Graph, found: FoundOperation, request: SentRequest): Problem[] {
  const problems = checkParameters(parametersOf(openApi, found.operation), request);
  const { requestBody } = found.operation;
  if (requestBody === undefined) {
    const empty = request.body === "" || request.body === "{}";
    return empty ? problems : [...problems, { path: "$", message: "the operation takes no body" }];
  }
  if (request.body === "" && !requestBody.required) return problems;
  const parsed = parseJson(request.body);
  if ("problem" in parsed) return [...problems, parsed.problem];
  const pointer = `${pointerOf(found)}/requestBody/content/${pointerStep("application/json")}/schema`;
  return [...problems, ...schemas.check(pointer, parsed.value)];
}

function checkResponse({ schemas }: Graph, found: FoundOperation, response: GivenResponse): Problem[] {
  const { status, body } = response;
  const documented = found.operation.responses[String(status)];
  if (status >= 400) {
    const parsed = parseJson(body);
    return "problem" in parsed ? [parsed.problem] : schemas.check(ERROR_SCHEMA, parsed.value);
  }
  if (documented === undefined) {
    return [{ path: "status", message: `is ${status}, not ${successes(found.operation).join(" or ")}` }];
  }
  const contentType = "content" in documented ? Object.keys(documented.content ?? {})[0] : undefined;
  if (contentType === undefined) return body === "" ? [] : [{ path: "$", message: `${status} has no body` }];
  const pointer = `${pointerOf(found)}/responses/${status}/content/${pointerStep(contentType)}/schema`;
  if (!contentType.includes("json")) return schemas.check(pointer, body);
  const parsed = parseJson(body);
  return "problem" in parsed ? [parsed.problem] : schemas.check(pointer, parsed.value);
}

function successes({ responses }: GraphOperation): string[] {
  return Object.keys(responses).filter((status) => status.startsWith("2"));
}

function pointerOf({ path, method }: FoundOperation): string {
  return `/paths/${pointerStep(path)}/${method}`;
}

function probesOf({ paths }: OpenApi) {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { requestBody }]) => ({
      operation: `${method.toUpperCase()} ${path}`,
      request: new Request(`${PROBE_ORIGIN}/v1.0${path.replaceAll(/\{\w+\}/g, "probe")}`, {
        method: method.toUpperCase(),
        headers: { ConsistencyLevel: "eventual", "content-type": "application/json" },
        ...(requestBody !== undefined && { body: "{}" }),
      }),
    })),
  );
}
