import { readFileSync } from "node:fs";

/** The requirement that pip installs, with the checksum of the wheel. */
export const REQUIREMENT = new URL("../../botocore.txt", import.meta.url);

/** Where AWS's models come from. */
export const BOTOCORE = parseRequirement(readFileSync(REQUIREMENT, "utf8"));

/** @throws {Error} for a version without a checksum: nothing would prove what was fetched */
export function parseRequirement(text: string): { readonly version: string } {
  const version = /^botocore==([\d.]+) --hash=sha256:[0-9a-f]{64}\s*$/.exec(text)?.[1];
  if (version === undefined) throw new Error("botocore.txt does not pin botocore by version and sha256.");
  return { version };
}
