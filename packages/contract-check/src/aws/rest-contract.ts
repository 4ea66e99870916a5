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
import { type ModelOperation, shapeOf } from "./model.ts";
import { bodyMembers, type Located, locatedInRequest, locatedInResponse } from "./rest-members.ts";
import { findRestRoute, type RestRoute } from "./rest-route.ts";
import { shapePointer } from "./shape-schemas.ts";
import { fromXml } from "./text-values.ts";
import { readXml, textOf } from "./xml-tree.ts";

/** A service of the protocols REST-JSON and REST-XML. XML bodies of requests are not checked. */
export function makeRestContract(service: ServiceModel): Contract {
  const { operations } = service.model;
  return {
    judge(sent, response) {
      const request = withPathStyle(sent);
      const route = findRestRoute(service.model, request);
      if (route === null)
        return unknownOperation(`${request.method} ${request.url.pathname}${request.url.search}`);
      return {
        operation: route.name,
        known: true,
        request: checkRequest(service, route, request),
        response: response === null ? [] : checkResponse(service, route.operation, { request, response }),
      };
    },
    probes: () =>
      Object.entries(operations).map(([operation, { http }]) => {
        const path = http.requestUri.replaceAll(/\{[^}]*\}/g, "probe");
        const copies = operation.startsWith("Copy");
        const headers: Record<string, string> = copies ? { "x-amz-copy-source": "/probe/probe" } : {};
        return {
          operation,
          request: new Request(`${PROBE_ORIGIN}${path}`, { method: http.method, headers }),
        };
      }),
  };
}

/** `https://bucket.s3.eu-central-1.amazonaws.com/key` as `/bucket/key`. */
function withPathStyle(request: SentRequest): SentRequest {
  const bucket = /^(.+)\.s3\.[a-z0-9-]+\.amazonaws\.com$/.exec(request.url.hostname)?.[1];
  if (bucket === undefined) return request;
  const url = new URL(request.url);
  url.pathname = `/${bucket}${url.pathname}`;
  return { ...request, url };
}

function checkRequest(service: ServiceModel, route: RestRoute, request: SentRequest): Problem[] {
  const { model, schemas } = service;
  const located = locatedInRequest(model, route, request);
  const { input } = route.operation;
  if (input === undefined) return [...located.problems];
  if (model.metadata.protocol === "rest-xml") {
    const shape = shapeOf(model, input.shape);
    // The bodies are not read: they are there, as far as the schema is concerned.
    const complete = { ...absent(shape.required ?? [], located), ...located.members };
    const problems = schemas.check(shapePointer(input.shape), complete);
    return [...located.problems, ...problems.filter(({ path }) => !isBody(service, input.shape, path))];
  }
  const body = request.body === "" ? { value: {} } : parseJson(request.body);
  if ("problem" in body) return [...located.problems, body.problem];
  const members = { ...(body.value as object), ...located.members };
  return [...located.problems, ...schemas.check(shapePointer(input.shape), members)];
}

function absent(required: readonly string[], { members, bodyNames }: Located): object {
  return Object.fromEntries(
    required.filter((name) => !(name in members) && bodyNames.includes(name)).map((name) => [name, {}]),
  ) as object;
}

function isBody({ model }: ServiceModel, shape: string, path: string): boolean {
  return bodyMembers(shapeOf(model, shape)).some(([name]) => path.startsWith(`$.${name}`));
}

interface Exchange {
  readonly request: SentRequest;
  readonly response: GivenResponse;
}

function checkResponse(service: ServiceModel, operation: ModelOperation, exchange: Exchange): Problem[] {
  const { status, body, headers } = exchange.response;
  const isXml = service.model.metadata.protocol === "rest-xml";
  if (isXml && status === 304) return [];
  if (status >= 400) {
    if (exchange.request.method === "HEAD")
      return body === "" ? [] : [{ path: "$", message: "HEAD has no body" }];
    return checkError(service, operation, isXml ? xmlError(status, body) : jsonError(status, headers, body));
  }
  const expected = operation.http.responseCode ?? 200;
  const partial = status === 206 && exchange.request.headers.has("range");
  if (status !== expected && !partial) return [{ path: "status", message: `is ${status}, not ${expected}` }];
  const { output } = operation;
  if (output === undefined) return [];
  const shape = shapeOf(service.model, output.shape);
  const located = locatedInResponse(service.model, shape, exchange.response);
  if (shape.payload !== undefined || bodyMembers(shape).length === 0) {
    const problems = service.schemas.check(shapePointer(output.shape), located);
    return problems.filter(({ path }) => path !== "$");
  }
  if (!isXml) {
    const parsed = body === "" ? { value: {} } : parseJson(body);
    if ("problem" in parsed) return [parsed.problem];
    return service.schemas.check(shapePointer(output.shape), { ...(parsed.value as object), ...located });
  }
  const root = readXml(body);
  if (root === null) return [{ path: "$", message: "is not XML" }];
  const value = { ...(fromXml(service.model, output.shape, root) as object), ...located };
  return service.schemas.check(shapePointer(output.shape), value);
}

function xmlError(status: number, body: string) {
  const root = readXml(body);
  return {
    status,
    code: root === null ? null : textOf({ name: "", text: "", children: [root] }, "Code"),
    members: null,
  };
}

function jsonError(status: number, headers: Headers, body: string) {
  const parsed = parseJson(body);
  const value = "value" in parsed ? (parsed.value as Record<string, unknown>) : {};
  const type = headers.get("x-amzn-errortype") ?? value["__type"] ?? value["code"];
  return { status, code: typeof type === "string" ? errorName(type) : null, members: value };
}
