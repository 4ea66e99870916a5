import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");
const PYTHON = process.env["PYTHON"] ?? "python3";

/**
 * Installs moto into a virtual environment below the folder, unless it exists.
 * @returns why it cannot be installed here, or null
 */
export function installMoto(folder: string): string | null {
  const version = run(PYTHON, ["-c", "import sys; print(sys.version_info >= (3, 10))"]);
  if (version.failure !== null) return `there is no ${PYTHON} (PYTHON=… names another)`;
  if (!version.output.includes("True")) return `${PYTHON} is older than 3.10 (PYTHON=… names another)`;
  mkdirSync(folder, { recursive: true });
  const wanted = readFileSync(REQUIREMENTS, "utf8");
  const installed = join(folder, "installed.txt");
  if (existsSync(installed) && readFileSync(installed, "utf8") === wanted) return null;
  const steps: [string, string[]][] = [
    [PYTHON, ["-m", "venv", "--clear", join(folder, "venv")]],
    [venvCommand(folder, "pip"), [...PIP_INSTALL, "-r", REQUIREMENTS]],
  ];
  for (const [command, args] of steps) {
    const { failure } = run(command, args);
    if (failure !== null) return `moto cannot be installed, perhaps for want of a network: ${failure}`;
  }
  writeFileSync(installed, wanted);
  return null;
}

/** Few retries, since a machine without a network is to find out soon. */
const PIP_INSTALL = ["install", "--quiet", "--disable-pip-version-check", "--retries=1", "--timeout=20"];

export function venvCommand(folder: string, command: string): string {
  return join(folder, "venv/bin", command);
}

function run(command: string, args: readonly string[]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  const said = `${stderr ?? ""}\n${stdout ?? ""}`.trim();
  return {
    output: stdout ?? "",
    failure: status === 0 ? null : (error?.message ?? (/^ERROR: .*/m.exec(said)?.[0] || said)),
  };
}
