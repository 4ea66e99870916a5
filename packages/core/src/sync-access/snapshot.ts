import type { Ports } from "../ports/ports.ts";

/** Keeps a large value as an object; its key is what travels through the state machine. */
export async function keepSnapshot(
  kind: "directory" | "organization" | "instance" | "plan" | "permission-sets" | "outcome",
  value: unknown,
  { objects, newId }: Pick<Ports, "objects" | "newId">,
): Promise<string> {
  const key = `sync-access/${kind}/${newId()}.json`;
  await objects.putText(key, JSON.stringify(value));
  return key;
}

export async function readSnapshot<T>(key: string, { objects }: Pick<Ports, "objects">): Promise<T> {
  return JSON.parse(await objects.readText(key)) as T;
}
