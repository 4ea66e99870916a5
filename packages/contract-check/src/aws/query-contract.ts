import {
  type Contract,
  type GivenResponse,
  PROBE_ORIGIN,
  type Problem,
  type SentRequest,
  unknownOperation,
} from "../contract.ts";
import { checkError, type ServiceModel } from "./check-error.ts";
import { type Model, type ModelOperation, shapeOf } from "./model.ts";
import { shapePointer } from "./shape-schemas.ts";
import { fromText, fromXml } from "./text-values.ts";
import { readXml, textOf } from "./xml-tree.ts";

/** A service of the query protocol: a form with `Action` and `Version`, an answer in XML. */
export function makeQueryContract(service: ServiceModel): Contract {
  const { operations, metadata } = service.model;
  return {
    judge(request, response) {
      const form = new URLSearchParams(request.body || request.url.search);
      const name = form.get("Action") ?? "";
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined) return unknownOperation(name || `${request.method} without Action`);
      return {
        operation: name,
        known: true,
        request: checkRequest(service, operation, { request, form }),
        response: response === null ? [] : checkResponse(service, name, response),
      };
    },
    probes: () =>
      Object.keys(operations).map((operation) => ({
        operation,
        request: new Request(PROBE_ORIGIN, {
          method: "POST",
          body: new URLSearchParams({ Action: operation, Version: metadata.apiVersion }),
        }),
      })),
  };
}

function checkRequest(
  { model, schemas }: ServiceModel,
  { input }: ModelOperation,
  { request, form }: { readonly request: SentRequest; readonly form: URLSearchParams },
): Problem[] {
  const problems: Problem[] = [];
  if (request.method !== "POST") problems.push({ path: "method", message: `is ${request.method}, not POST` });
  if (form.get("Version") !== model.metadata.apiVersion) {
    problems.push({ path: "$.Version", message: `must be ${model.metadata.apiVersion}` });
  }
  const fields = new Map(form);
  fields.delete("Action");
  fields.delete("Version");
  const value = input === undefined ? {} : takeValue(model, input.shape, { fields, prefix: "" });
  const unread = [...fields.keys()].map((name) => ({
    path: `$.${name}`,
    message: "the operation has no such member",
  }));
  if (input === undefined) return [...problems, ...unread];
  return [...problems, ...unread, ...schemas.check(shapePointer(input.shape), value ?? {})];
}

interface Fields {
  /** Reading a field removes it. */
  readonly fields: Map<string, string>;
  readonly prefix: string;
}

/** `Audience.member.1=a` as `{ Audience: ["a"] }`; undefined if nothing has the prefix. */
function takeValue(model: Model, shapeName: string, { fields, prefix }: Fields): unknown {
  const shape = shapeOf(model, shapeName);
  if (shape.type === "structure") {
    const members = Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
      const value = takeValue(model, member.shape, {
        fields,
        prefix: join(prefix, member.locationName ?? name),
      });
      return value === undefined ? [] : [[name, value]];
    });
    return members.length === 0 ? undefined : Object.fromEntries(members);
  }
  if (shape.type === "list" && shape.member !== undefined) {
    const items: unknown[] = [];
    for (;;) {
      const item = takeValue(model, shape.member.shape, {
        fields,
        prefix: `${prefix}.member.${items.length + 1}`,
      });
      if (item === undefined) return items.length === 0 ? undefined : items;
      items.push(item);
    }
  }
  const text = fields.get(prefix);
  fields.delete(prefix);
  return text === undefined ? undefined : fromText(shape, text);
}

function join(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}.${name}`;
}

function checkResponse(service: ServiceModel, name: string, { status, body }: GivenResponse): Problem[] {
  const { model, schemas } = service;
  const operation = model.operations[name];
  const root = readXml(body);
  if (operation === undefined) return [];
  if (root === null) return [{ path: "$", message: "is not XML" }];
  if (status >= 400)
    return checkError(service, operation, { status, code: textOf(root, "Code"), members: null });
  if (status !== 200) return [{ path: "status", message: `is ${status}, not 200` }];
  if (root.name !== `${name}Response`) return [{ path: "$", message: `must be ${name}Response` }];
  const { output } = operation;
  if (output === undefined) return [];
  const result = root.children.find((child) => child.name === output.resultWrapper);
  if (result === undefined) return [{ path: "$", message: `has no ${output.resultWrapper ?? "result"}` }];
  return schemas.check(shapePointer(output.shape), fromXml(model, output.shape, result));
}
