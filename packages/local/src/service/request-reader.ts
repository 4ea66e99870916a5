import { ServiceError } from "./service-error.ts";

interface Kinds {
  string: string;
  number: number;
  boolean: boolean;
}

/** Takes members out of a request. All methods throw {ServiceError} ValidationException for one of the wrong kind. */
export interface Reader {
  text(name: string): string;
  /** `{ [name]: value }`, or `{}` when absent. */
  optional<N extends string, K extends keyof Kinds>(name: N, kind: K): { [P in N]?: Kinds[K] };
  optionalOneOf<N extends string, V extends string>(name: N, values: readonly V[]): { [P in N]?: V };
}

/** @throws {ServiceError} SerializationException when the body is no JSON object */
export function makeReader(body: string): Reader {
  const members = parseBody(body);
  return {
    text(name) {
      const value = members[name];
      if (typeof value === "string" && value !== "") return value;
      throw new ServiceError("ValidationException", `${name} must be a string that is not empty.`);
    },
    optional<N extends string, K extends keyof Kinds>(name: N, kind: K): { [P in N]?: Kinds[K] } {
      const value = members[name];
      if (value === undefined || value === null) return {};
      if (typeof value !== kind) throw new ServiceError("ValidationException", `${name} must be a ${kind}.`);
      return { [name]: value } as { [P in N]?: Kinds[K] };
    },
    optionalOneOf<N extends string, V extends string>(name: N, values: readonly V[]): { [P in N]?: V } {
      const value = members[name];
      if (value === undefined || value === null) return {};
      if (!values.includes(value as V)) {
        throw new ServiceError("ValidationException", `${name} must be one of ${values.join(", ")}.`);
      }
      return { [name]: value } as { [P in N]?: V };
    },
  };
}

function parseBody(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body || "{}");
    if (typeof parsed === "object" && parsed !== null) return parsed as Record<string, unknown>;
  } catch (error) {
    throw new ServiceError("SerializationException", `The body is not JSON: ${(error as Error).message}`);
  }
  throw new ServiceError("SerializationException", "The body is not a JSON object.");
}
