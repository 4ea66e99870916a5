/**
 * Fetches AWS's own service models into `.contracts`, so that tests can hold every exchange to them. Needs Python with pip:
 * `--python <command>` names it, `--index <address>` another package index than pip's own.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { AWS_MODELS } from "./aws/aws-models.ts";
import { BOTOCORE } from "./aws/botocore.ts";
import { fetchBotocore } from "./install/fetch-botocore.ts";
import { unpackModels } from "./install/unpack-models.ts";
import { INSTALLED_MODELS } from "./places.ts";

const { values } = parseArgs({
  options: { python: { type: "string", default: "python3" }, index: { type: "string" } },
});
const where = relative(process.cwd(), INSTALLED_MODELS);

if (existsSync(INSTALLED_MODELS)) process.stdout.write(`${where} is already there.\n`);
else process.exitCode = install();

function install(): number {
  const folder = mkdtempSync(join(tmpdir(), "landbridge-botocore-"));
  try {
    unpackModels(fetchBotocore(folder, values), INSTALLED_MODELS, Object.values(AWS_MODELS));
    process.stdout.write(`The models of botocore ${BOTOCORE.version} are in ${where}.\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
