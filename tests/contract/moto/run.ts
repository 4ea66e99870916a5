/**
 * A second opinion on AWS: the contract suites of the AWS ports against moto's server. Needs Python 3.10 and pip; without
 * them it says so and succeeds. `--write` updates the page in docs/.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DISAGREEMENTS } from "./disagreements.ts";
import { installMoto } from "./install.ts";
import { judge } from "./judge.ts";
import { renderPage } from "./page.ts";
import { withMotoServer } from "./server.ts";
import { runSuites } from "./suites.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const CACHE = join(ROOT, ".cache/moto");
const PAGE = join(ROOT, "docs/sandbox-vs-moto.md");

const reason = installMoto(CACHE);
if (reason === null) process.exitCode = await secondOpinion();
else console.log(`moto: skipped, ${reason}`);

async function secondOpinion(): Promise<number> {
  const outcomes = await withMotoServer(CACHE, (endpoint) => runSuites(CACHE, endpoint));
  const { agreements, problems } = judge(outcomes, DISAGREEMENTS);
  console.log(`moto: ${agreements} agreements, ${DISAGREEMENTS.length} known disagreements`);
  for (const { test, right } of DISAGREEMENTS) console.log(`  ${right.padEnd(8)}${test}`);
  console.log("(first who is right; why: docs/sandbox-vs-moto.md)");
  for (const problem of problems) console.error(`moto: ${problem}`);
  return problems.length + checkPage() === 0 ? 0 : 1;
}

/** @returns 1 when the page is out of date */
function checkPage(): 0 | 1 {
  const page = renderPage(DISAGREEMENTS);
  if (process.argv.includes("--write")) writeFileSync(PAGE, page);
  if (readFileSync(PAGE, "utf8") === page) return 0;
  console.error("moto: docs/sandbox-vs-moto.md is out of date, npm run test:moto -- --write renews it");
  return 1;
}
