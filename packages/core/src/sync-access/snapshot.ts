import { createHash } from "node:crypto";
import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

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

/** @throws {FlowError} StoredObjectChanged if the text is not the stored one; IncompleteRead if it is gone */
export async function readSnapshot<T>(key: string, { objects }: Pick<Ports, "objects">): Promise<T> {
  const text = await objects.readText(key);
  if (KEY.exec(key)?.[1] !== sha256(text)) {
    throw new FlowError("StoredObjectChanged", `${key} has changed since it was stored`);
  }
  return JSON.parse(text) as T;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
