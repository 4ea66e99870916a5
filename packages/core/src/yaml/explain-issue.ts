import * as z from "zod";
import { type InputIssue, formatPath } from "./issues.ts";
import { didYouMean } from "./nearest.ts";
import type { NodeIndex } from "./node-index.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const EXPECTED: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

/** Puts what a schema refuses into words, with the position in the file. */
export class IssueExplainer {
  readonly #nodes: NodeIndex;
  readonly #root: unknown;
  /** The keys that the schema knows, by the list of unknown keys, which zod passes on unchanged. */
  readonly #knownKeys = new Map<readonly string[], readonly string[]>();

  constructor(nodes: NodeIndex, root: unknown) {
    this.#nodes = nodes;
    this.#root = root;
  }

  /** An error map for zod: leaves every message empty that the schema itself does not set. */
  readonly errorMap: z.core.$ZodErrorMap = (issue) => {
    if (issue.code === "unrecognized_keys" && issue.inst instanceof z.ZodObject) {
      this.#knownKeys.set(issue.keys, Object.keys(issue.inst.shape));
    }
    return "";
  };

  explain(issue: Issue, around: Path = []): InputIssue[] {
    const path = [...around, ...issue.path];
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => this.#unknownKey(issue.keys, key, path));
    if (issue.code === "invalid_union" && issue.message === "") return this.#explainUnion(issue, path);
    if (issue.code === "invalid_key")
      return this.#at(path, issue.issues[0]?.message || "this key is not allowed", true);
    return this.#at(path, issue.message || this.#message(issue, path));
  }

  #unknownKey(keys: readonly string[], key: string, path: Path): InputIssue {
    const known = this.#knownKeys.get(keys) ?? [];
    const hint = didYouMean(key, known) || (known.length > 0 ? `; known are ${known.join(", ")}` : "");
    const position = this.#nodes.positionOfKey([...path, key]);
    return { ...position, path: formatPath(path), message: `unknown key ${JSON.stringify(key)}${hint}` };
  }

  /** A union that fails: the branch of the right shape says why, else all shapes are named. */
  #explainUnion(issue: z.core.$ZodIssueInvalidUnion, path: Path): InputIssue[] {
    const fitting = issue.errors.find((branch) => !branch.some((inner) => isWrongShape(inner)));
    if (fitting) return fitting.flatMap((inner) => this.explain(inner, path));
    const shapes = issue.errors.flat().map((inner) => ("expected" in inner ? expected(inner.expected) : ""));
    const wanted = [...new Set(shapes.filter((shape) => shape !== ""))].join(" or ");
    return this.#at(path, `expected ${wanted}, found ${this.#found(path)}${this.#quotes(wanted, path)}`);
  }

  #message(issue: Issue, path: Path): string {
    const value = valueAt(this.#root, path);
    if (issue.code === "invalid_type") {
      const wanted = expected(issue.expected);
      if (value === undefined) return `is missing; expected ${wanted}`;
      return `expected ${wanted}, found ${this.#found(path)}${this.#quotes(wanted, path)}`;
    }
    if (issue.code === "invalid_value") {
      const wanted = issue.values.map((allowed) => JSON.stringify(allowed)).join(" or ");
      if (value === undefined) return `is missing; expected ${wanted}`;
      const hint = typeof value === "string" ? didYouMean(value, issue.values.map(String)) : "";
      return `expected ${wanted}, found ${this.#found(path)}${hint}`;
    }
    if (issue.code === "too_small") {
      if (value === "") return "must not be empty";
      return `expected at least ${amount(issue.minimum, issue.origin)}, found ${this.#size(path)}`;
    }
    if (issue.code === "too_big") {
      return `expected at most ${amount(issue.maximum, issue.origin)}, found ${this.#size(path)}`;
    }
    return `${this.#found(path)} is not allowed here`;
  }

  #at(path: Path, message: string, isKey = false): InputIssue[] {
    const position = isKey ? this.#nodes.positionOfKey(path) : this.#nodes.positionOf(path);
    return [{ ...position, path: formatPath(path), message }];
  }

  #found(path: Path): string {
    const value = valueAt(this.#root, path);
    if (value === null || value === undefined) return "nothing";
    if (Array.isArray(value)) return "a list";
    if (typeof value === "object") return "a mapping";
    if (typeof value === "string") return JSON.stringify(value);
    const written = this.#nodes.sourceOf(path) ?? JSON.stringify(value);
    return typeof value === "number" ? `the number ${written}` : written;
  }

  #quotes(wanted: string, path: Path): string {
    const value = valueAt(this.#root, path);
    if (!wanted.includes("text") || (typeof value !== "number" && typeof value !== "boolean")) return "";
    const written = this.#nodes.sourceOf(path) ?? String(value);
    if (/^\d{12}$/.test(written)) return `; put account ids in quotes: "${written}"`;
    return `; put it in quotes: "${written}"`;
  }

  #size(path: Path): string {
    const value = valueAt(this.#root, path);
    if (typeof value === "string" || Array.isArray(value)) return String(value.length);
    return this.#found(path);
  }
}

function isWrongShape(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

function expected(type: string): string {
  return EXPECTED[type] ?? type;
}

function amount(limit: number | bigint, origin: string): string {
  if (origin === "string") return `${limit} character${limit === 1 ? "" : "s"}`;
  if (origin === "array" || origin === "set") return `${limit} ${limit === 1 ? "entry" : "entries"}`;
  return String(limit);
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    return Object.getOwnPropertyDescriptor(value, key)?.value;
  }, root);
}
