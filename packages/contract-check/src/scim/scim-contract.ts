import {
  type Contract,
  type GivenResponse,
  PROBE_ORIGIN,
  type Problem,
  type SentRequest,
  unknownOperation,
} from "../contract.ts";
import { type JsonSchemas, parseJson, pointerStep } from "../json-schema.ts";
import { checkPatch } from "./check-patch.ts";
import { checkQuery } from "./check-query.ts";
import { makeResourceSchemas } from "./resource-schemas.ts";
import { readScimFacts, type ScimEndpoint, type ScimOperation } from "./scim-facts.ts";

/** `/{tenantId}/scim/v2` */
const BASE = /^\/[^/]+\/scim\/v2(?=\/)/;

/** IAM Identity Center's SCIM endpoint. @param folder with `endpoint.json` and `schemas.json` */
export function readScimContract(folder: string): Contract {
  const facts = readScimFacts(folder);
  const schemas = makeResourceSchemas(facts);
  const { endpoint } = facts;
  return {
    judge(request, response) {
      const operation = findOperation(endpoint, request);
      if (operation === undefined)
        return unknownOperation(`${request.method} ${request.url.pathname.replace(BASE, "")}`);
      return {
        operation: operation.name,
        known: true,
        request: [
          ...(request.headers.get("authorization")?.startsWith("Bearer ")
            ? []
            : [{ path: "header:Authorization", message: "must be a bearer token" }]),
          ...checkQuery(endpoint, operation, request.url.searchParams),
          ...checkBody(schemas, operation, request.body),
        ],
        response: response === null ? [] : checkResponse({ endpoint, schemas }, operation, response),
      };
    },
    probes: () =>
      endpoint.operations.map(({ name, method, path }) => ({
        operation: name,
        request: new Request(`${PROBE_ORIGIN}/tenant/scim/v2${path.replaceAll(/\{\w+\}/g, "probe")}`, {
          method,
          headers: { "content-type": "application/json" },
          ...(["POST", "PUT", "PATCH"].includes(method) && { body: "{}" }),
        }),
      })),
  };
}

function findOperation(
  { operations }: ScimEndpoint,
  { method, url }: SentRequest,
): ScimOperation | undefined {
  const path = url.pathname.replace(BASE, "");
  return operations.find(
    (operation) =>
      operation.method === method && new RegExp(`^${operation.path.replace(/\{\w+\}/, "[^/]+")}$`).test(path),
  );
}

function checkBody(schemas: JsonSchemas, operation: ScimOperation, body: string): Problem[] {
  if (operation.method === "GET" || operation.method === "DELETE") {
    return body === "" ? [] : [{ path: "$", message: "the operation takes no body", tolerated: true }];
  }
  const parsed = parseJson(body);
  if ("problem" in parsed) return [parsed.problem];
  if (operation.method === "PATCH") return checkPatch(operation, parsed.value);
  return schemas.check(operation.path.startsWith("/Users") ? "/UserRequest" : "/GroupRequest", parsed.value);
}

function checkResponse(
  { endpoint, schemas }: { readonly endpoint: ScimEndpoint; readonly schemas: JsonSchemas },
  operation: ScimOperation,
  { status, body }: GivenResponse,
): Problem[] {
  if (status >= 400) {
    const declared = operation.errors.map((name) => endpoint.errors[name]?.status);
    const problems = declared.includes(status)
      ? []
      : [{ path: "status", message: `the operation declares no error with status ${status}` }];
    if (body === "") return problems;
    const parsed = parseJson(body);
    return [...problems, ...("problem" in parsed ? [parsed.problem] : schemas.check("/Error", parsed.value))];
  }
  const { success } = operation;
  // AWS's sample of PutUser answers 201 where RFC 7644 (3.5.1) says 200.
  const fits = status === success.status || (operation.name === "PutUser" && status === 200);
  if (!fits) return [{ path: "status", message: `is ${status}, not ${success.status}` }];
  if (success.body === null) return body === "" ? [] : [{ path: "$", message: `${status} has no body` }];
  const parsed = parseJson(body);
  if ("problem" in parsed) return [parsed.problem];
  return schemas.check(`/${pointerStep(success.body.replace(/ without .*$/, ""))}`, parsed.value);
}
