/**
 * Installs what only a deployment and its synthesis need: `sst` and `bun`, which `npm ci` leaves out (peer dependencies of the
 * root, omitted by `.npmrc`), then SST's platform and providers in `.sst/platform`.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const BIN = path.join(ROOT, "node_modules/.bin");

// An `npm ci` or `npm install` without them removes both, so one that is there is of the version in the lockfile.
if (!["bun", "sst"].every((command) => existsSync(path.join(BIN, command)))) installPeers();

run(path.join(BIN, "sst"), ["install", "--stage", "ci"], {
  SST_TELEMETRY_DISABLED: "1",
  SST_SKIP_DEPENDENCY_CHECK: "1",
  SST_BUN_PATH: path.join(BIN, "bun"),
});

/**
 * On the Node that runs npm, not the one that `tools/node` brings for scripts: npm asks its own version whether that is needed,
 * and would remove it.
 * @throws {Error} outside of `npm run`
 */
function installPeers(): void {
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  if (node === undefined || npm === undefined) throw new Error("Run this as `npm run synth:install`.");
  run(node, [npm, "install", "--include=peer", "--no-save"]);
}

/** Ends this process as the command ended when that failed: the command has said why. */
function run(
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): void {
  const env = { ...process.env, ...variables };
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", env });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
