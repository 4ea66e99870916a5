import * as z from "zod";
import { FlowError } from "../errors.ts";
import { formatPath } from "../yaml/issues.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The form of a stored value in its current version, and how earlier versions become it. */
export interface StoredShape<T extends object> {
  /** Grows when code of the version before would misread the value, or must not lose a new field of it. */
  readonly version: number;
  readonly schema: z.ZodType<T>;
  /** The first turns version 1 into version 2, and so on: one fewer than the version. */
  readonly upgrades?: readonly ((fields: Fields) => Fields)[];
}

const Fields = z.record(z.string(), z.unknown());
const Version = z.int().positive();

/**
 * Parses a stored value without its `version`. A field that this version does not know stays, so that writing the value back
 * does not lose it.
 * @param name of the value in messages: `record task/7f3a`
 * @throws {FlowError} RecordTooNew, StoredRecordInvalid
 */
export function readStored<T extends object>(
  stored: unknown,
  name: string,
  { version, schema, upgrades = [] }: StoredShape<T>,
): T {
  const from = checkVersion(stored, name, version);
  const { version: _, ...fields } = parse(Fields, stored, name);
  const upgraded = upgrades.slice(from - 1).reduce((value, upgrade) => upgrade(value), fields as Fields);
  return { ...upgraded, ...parse(schema, upgraded, name) };
}

/**
 * Parses the text of a stored object: see {@link readStored}.
 * @throws {FlowError} RecordTooNew, StoredRecordInvalid
 */
export function readStoredText<T extends object>(text: string, key: string, shape: StoredShape<T>): T {
  return readStored(parseJson(text, `object ${key}`, z.unknown()), `object ${key}`, shape);
}

/** @throws {FlowError} StoredRecordInvalid */
export function parseJson<T>(text: string, name: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FlowError("StoredRecordInvalid", `The ${name} cannot be read: it is not JSON`, {
      cause: error,
    });
  }
  return parse(schema, value, name);
}

/**
 * The version of a stored value: 1 if it has none, as everything that was written before there were versions.
 * @throws {FlowError} RecordTooNew, StoredRecordInvalid
 */
export function checkVersion(stored: unknown, name: string, newest: number): number {
  const written = typeof stored === "object" && stored !== null && "version" in stored ? stored.version : 1;
  const version = parse(Version, written, name, ["version"]);
  if (version <= newest) return version;
  throw new FlowError(
    "RecordTooNew",
    `The ${name} has version ${version}; this version of Landbridge reads versions up to ${newest}`,
  );
}

/** Messages name fields but never their values, which may be sealed. */
function parse<T>(schema: z.ZodType<T>, value: unknown, name: string, at: readonly PropertyKey[] = []): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const { path, message } = issue ? deepest(issue) : { path: [], message: parsed.error.message };
  const field = formatPath([...at, ...path]);
  throw new FlowError(
    "StoredRecordInvalid",
    `The ${name} cannot be read: ${field === "" ? message : `${field}: ${message}`}`,
  );
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The issue itself; if no form of a union fits, the first issue of the form that fits best. */
function deepest(issue: z.core.$ZodIssue): Found {
  if (issue.code !== "invalid_union") return issue;
  const [best] = issue.errors.toSorted((a, b) => a.length - b.length);
  const [first] = best ?? [];
  if (!first) return issue;
  const { path, message } = deepest(first);
  return { path: [...issue.path, ...path], message };
}
