import { createHash } from "node:crypto";
import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { checkVersion } from "../records/read-stored.ts";

type Kind =
  | "directory"
  | "organization"
  | "instance"
  | "instance-part"
  | "instance-read"
  | "plan"
  | "permission-sets"
  | "provisioning"
  | "outcome"
  | "marks";

/** `sync-access/plan/<SHA-256 of the text>.json` */
const KEY = /^sync-access\/[a-z-]+\/([0-9a-f]{64})\.json$/;

/**
 * Stores a large value as an object under the hash of its text. Only the key passes through the state machine, so a reader
 * can verify that the object is the one that was stored.
 */
export async function keepSnapshot(
  kind: Kind,
  value: unknown,
  { objects }: Pick<Ports, "objects">,
): Promise<string> {
  const text = JSON.stringify(value);
  const key = `sync-access/${kind}/${sha256(text)}.json`;
  await objects.putText(key, text);
  return key;
}

/** A snapshot whose form changes gets a `version`, and code of today refuses it after a rollback; without one, it is the first. */
const NEWEST_VERSION = 1;

/**
 * Reads a snapshot. Its hash proves that Landbridge wrote it, so only its version is checked: parsing one of 105,000
 * assignments would cost every step time and memory.
 * @throws {FlowError} StoredObjectChanged if the text is not the stored one; IncompleteRead if it is gone; RecordTooNew
 */
export async function readSnapshot<T>(key: string, { objects }: Pick<Ports, "objects">): Promise<T> {
  const text = await objects.readText(key);
  if (KEY.exec(key)?.[1] !== sha256(text)) {
    throw new FlowError("StoredObjectChanged", `${key} has changed since it was stored`);
  }
  const value: unknown = JSON.parse(text);
  checkVersion(value, `object ${key}`, NEWEST_VERSION);
  return value as T;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
