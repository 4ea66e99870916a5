import type { Problem, SentRequest } from "../contract.ts";
import type { Parameter } from "./openapi.ts";

/** Options that Graph itself puts into the links that it answers. */
const OF_LINKS = new Set(["$skiptoken", "$skip"]);

/** Query options and headers of a request against those of the operation. */
export function checkParameters(parameters: readonly Parameter[], { url, headers }: SentRequest): Problem[] {
  const queries = parameters.filter((parameter) => parameter.in === "query");
  const unknown = [...url.searchParams.keys()].filter(
    (name) => !OF_LINKS.has(name.toLowerCase()) && !queries.some((query) => isSame(query.name, name)),
  );
  return [
    ...unknown.map((name) => ({ path: `query:${name}`, message: "the operation has no such option" })),
    ...queries.flatMap((parameter) => {
      const given = [...url.searchParams].find(([name]) => isSame(name, parameter.name))?.[1];
      return checkValue(parameter, given ?? null, `query:${parameter.name}`);
    }),
    ...parameters
      .filter((parameter) => parameter.in === "header")
      .flatMap((parameter) => checkValue(parameter, headers.get(parameter.name), `header:${parameter.name}`)),
  ];
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function checkValue({ required, schema }: Parameter, value: string | null, path: string): Problem[] {
  if (value === null) return required ? [{ path, message: "is required" }] : [];
  if (schema.type === "integer" && !/^\d+$/.test(value)) return [{ path, message: "must be an integer" }];
  if (schema.type === "boolean" && !/^(true|false)$/.test(value))
    return [{ path, message: "must be true or false" }];
  if (schema.enum?.includes(value.toLowerCase()) === false) {
    return [{ path, message: `must be one of ${schema.enum.join(", ")}` }];
  }
  return [];
}
