import { badRequest, notImplemented } from "./errors.ts";

export type FilterValue = string | boolean | null | readonly string[];

type Literal = string | boolean | null;

interface Joined<Kind> {
  readonly kind: Kind;
  readonly left: Filter;
  readonly right: Filter;
}

interface Compared<Kind, Value> {
  readonly kind: Kind;
  readonly property: string;
  readonly value: Value;
}

/** A `$filter`, as a tree. */
export type Filter =
  | Joined<"and">
  | Joined<"or">
  | { readonly kind: "not"; readonly inner: Filter }
  | Compared<"eq", Literal>
  | Compared<"ne", Literal>
  | Compared<"in", readonly Literal[]>
  | Compared<"startsWith", string>
  | Compared<"endsWith", string>
  | Compared<"contains" | "gt" | "lt", string>
  | Compared<"any", string>;

/** @throws {GraphRefusal} 400 when it cannot be read, 501 for an operator that the sandbox does not imitate */
export function parseFilter(text: string): Filter {
  const tokens = tokenize(text);
  let at = 0;

  function invalid() {
    return badRequest(`Invalid filter clause: '${text}'.`);
  }

  function next(): string {
    const token = tokens[at];
    if (token === undefined) throw invalid();
    at += 1;
    return token;
  }

  function expect(wanted: string): void {
    if (next() !== wanted) throw invalid();
  }

  function isNext(word: string): boolean {
    if (tokens[at]?.toLowerCase() !== word) return false;
    at += 1;
    return true;
  }

  function either(): Filter {
    let left = both();
    while (isNext("or")) left = { kind: "or", left, right: both() };
    return left;
  }

  function both(): Filter {
    let left = unit();
    while (isNext("and")) left = { kind: "and", left, right: unit() };
    return left;
  }

  function unit(): Filter {
    if (isNext("not")) return { kind: "not", inner: unit() };
    if (isNext("(")) {
      const inner = either();
      expect(")");
      return inner;
    }
    const name = next();
    if (tokens[at] === "(") return call(name);
    return comparison(name, next().toLowerCase());
  }

  function call(name: string): Filter {
    expect("(");
    const [property = "", lambda] = name.split("/");
    if (lambda === "any") {
      const [variable, body] = next().split(":");
      if (variable === undefined || body !== variable) throw invalid();
      expect("eq");
      const value = string();
      expect(")");
      return { kind: "any", property, value };
    }
    const kind = STRING_FUNCTIONS.get(name.toLowerCase());
    if (!kind) throw notImplemented(`the function '${name}' in $filter`);
    const argument = next();
    expect(",");
    const value = string();
    expect(")");
    return { kind, property: argument, value };
  }

  function comparison(property: string, operator: string): Filter {
    if (operator === "eq" || operator === "ne") return { kind: operator, property, value: literal() };
    if (operator === "gt" || operator === "lt") return { kind: operator, property, value: string() };
    if (operator !== "in") throw notImplemented(`the operator '${operator}' in $filter`);
    expect("(");
    const values = [literal()];
    while (isNext(",")) values.push(literal());
    expect(")");
    return { kind: "in", property, value: values };
  }

  function literal(): Literal {
    const token = next();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    const word = WORDS.get(token);
    if (word !== undefined) return word;
    // Times have no quotes.
    if (/^\d{4}-\d\d-\d\dT/.test(token)) return token;
    throw invalid();
  }

  function string(): string {
    const value = literal();
    if (typeof value !== "string") throw invalid();
    return value;
  }

  const filter = either();
  if (at < tokens.length) throw invalid();
  return filter;
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const STRING_FUNCTIONS: ReadonlyMap<string, "startsWith" | "endsWith" | "contains"> = new Map([
  ["contains", "contains"],
  ["startswith", "startsWith"],
  ["endswith", "endsWith"],
]);
const TOKEN = /\s*([(),]|'(?:[^']|'')*'|[\w./:-]+)\s*/y;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw badRequest(`Invalid filter clause: '${text}'.`);
    tokens.push(token);
  }
  return tokens;
}

/** Whether it needs advanced query capabilities ("Advanced query capabilities on directory objects"). */
export function isAdvanced(filter: Filter): boolean {
  if (filter.kind === "and" || filter.kind === "or")
    return isAdvanced(filter.left) || isAdvanced(filter.right);
  return filter.kind === "ne" || filter.kind === "not" || filter.kind === "endsWith";
}

export function propertiesOf(filter: Filter): string[] {
  if (filter.kind === "and" || filter.kind === "or") {
    return [...propertiesOf(filter.left), ...propertiesOf(filter.right)];
  }
  return filter.kind === "not" ? propertiesOf(filter.inner) : [filter.property];
}

/** The first operator that only logs know ("List provisioningObjectSummary"). */
export function logOperatorOf(filter: Filter): "contains" | "gt" | "lt" | null {
  if (filter.kind === "and" || filter.kind === "or") {
    return logOperatorOf(filter.left) ?? logOperatorOf(filter.right);
  }
  if (filter.kind === "not") return logOperatorOf(filter.inner);
  return filter.kind === "contains" || filter.kind === "gt" || filter.kind === "lt" ? filter.kind : null;
}

interface Reading {
  readonly read: (property: string) => FilterValue;
  readonly caseSensitive: boolean;
}

export function matches(filter: Filter, reading: Reading): boolean {
  if (filter.kind === "and") return matches(filter.left, reading) && matches(filter.right, reading);
  if (filter.kind === "or") return matches(filter.left, reading) || matches(filter.right, reading);
  if (filter.kind === "not") return !matches(filter.inner, reading);
  const fold = (given: FilterValue) =>
    typeof given === "string" && !reading.caseSensitive ? given.toLowerCase() : given;
  const found = reading.read(filter.property);
  const value = fold(found);
  if (filter.kind === "eq") return value === fold(filter.value);
  if (filter.kind === "ne") return value !== fold(filter.value);
  if (filter.kind === "in") return filter.value.some((wanted) => value === fold(wanted));
  const wanted = reading.caseSensitive ? filter.value : filter.value.toLowerCase();
  if (filter.kind === "any") return Array.isArray(found) && found.some((one: string) => fold(one) === wanted);
  if (typeof value !== "string") return false;
  if (filter.kind === "contains") return value.includes(wanted);
  if (filter.kind === "gt") return value > wanted;
  if (filter.kind === "lt") return value < wanted;
  return filter.kind === "startsWith" ? value.startsWith(wanted) : value.endsWith(wanted);
}
