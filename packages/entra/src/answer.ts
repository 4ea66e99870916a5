import { FlowError } from "@landbridge/core";

/** One JSON object of a Graph answer, read member by member. Every read @throws {FlowError} IncompleteRead. */
export interface GraphObject {
  text(member: string): string;
  /** Null when absent, null or empty. */
  optionalText(member: string): string | null;
  flag(member: string): boolean;
  texts(member: string): string[];
  list(member: string): GraphObject[];
  child(member: string): GraphObject;
  optionalChild(member: string): GraphObject | null;
  /** Unchecked, for members whose type varies. */
  raw(member: string): unknown;
  /** All of it as it came, to be sent back. */
  json(): Record<string, unknown>;
}

/** Wraps an answer of the named operation. @throws {FlowError} IncompleteRead when it is not a JSON object */
export function graphObject(answer: unknown, operation: string, path = ""): GraphObject {
  if (!isRecord(answer)) throw incomplete(operation, path || "a JSON object");
  const value = answer;
  const at = (member: string): string => (path ? `${path}.${member}` : member);

  function expect<T>(member: string, accepts: (found: unknown) => found is T): T {
    const found = value[member];
    if (!accepts(found)) throw incomplete(operation, at(member));
    return found;
  }

  return {
    text: (member) => expect(member, isText),
    optionalText: (member) => (isText(value[member]) && value[member] !== "" ? value[member] : null),
    flag: (member) => expect(member, (found) => typeof found === "boolean"),
    texts: (member) => expect(member, (found) => Array.isArray(found) && found.every(isText)),
    list: (member) =>
      expect(member, Array.isArray).map((item, index) =>
        graphObject(item, operation, `${at(member)}[${index}]`),
      ),
    child: (member) => graphObject(value[member], operation, at(member)),
    optionalChild: (member) =>
      isRecord(value[member]) ? graphObject(value[member], operation, at(member)) : null,
    raw: (member) => value[member],
    json: () => value,
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function incomplete(operation: string, missing: string): FlowError<"IncompleteRead"> {
  return new FlowError("IncompleteRead", `Microsoft Graph's answer to "${operation}" lacks ${missing}`);
}
