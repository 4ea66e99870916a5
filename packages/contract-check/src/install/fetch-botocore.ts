import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { REQUIREMENT } from "../aws/botocore.ts";

const PIP_INSTALL = [
  "-m",
  "pip",
  "install",
  "--quiet",
  "--disable-pip-version-check",
  "--no-deps",
  "--no-compile",
  "--only-binary=:all:",
  "--require-hashes",
];

export interface Pip {
  /** A Python with pip. */
  readonly python: string;
  /** Address of another package index than pip's own. */
  readonly index?: string | undefined;
}

/**
 * Has pip fetch botocore's wheel, check its sha256 and unpack it. pip brings what people have set up to reach an index: `pip.conf`,
 * `PIP_INDEX_URL`, proxies, certificates.
 * @returns the folder of the package
 * @throws {Error} with what pip says: no network, another checksum
 */
export function fetchBotocore(folder: string, { python, index }: Pip): string {
  const from = index === undefined ? [] : ["--index-url", index];
  const args = ["--target", folder, "--requirement", fileURLToPath(REQUIREMENT), ...from];
  const { status, error, stderr } = spawnSync(python, [...PIP_INSTALL, ...args], { encoding: "utf8" });
  if (error !== undefined)
    throw new Error(`There is no ${python} (--python names another).`, { cause: error });
  if (status !== 0) throw new Error(`pip cannot install botocore:\n${stderr.trim()}`);
  return `${folder}/botocore`;
}
