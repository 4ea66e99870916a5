/**
 * A second opinion on AWS: the contract suites of the AWS ports against moto's server. Needs Python 3.10 and pip; says so
 * and succeeds without them. `--write` renews the page in docs/.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { judge, type Outcome, renderPage } from "./judge.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const CACHE = join(ROOT, ".cache/moto");
const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");
const PAGE = join(ROOT, "docs/sandbox-vs-moto.md");
const START_SECONDS = 30;

const reason = installMoto();
if (reason !== null) console.log(`moto: skipped, ${reason}`);
else process.exitCode = await secondOpinion();

/** @returns why it cannot be installed here, or null */
function installMoto(): string | null {
  const version = run("python3", ["-c", "import sys; print(sys.version_info >= (3, 10))"]);
  if (version.status !== 0) return "there is no python3";
  if (!version.stdout.includes("True")) return "python3 is older than 3.10";
  mkdirSync(CACHE, { recursive: true });
  const wanted = readFileSync(REQUIREMENTS, "utf8");
  const installed = join(CACHE, "installed.txt");
  if (existsSync(installed) && readFileSync(installed, "utf8") === wanted) return null;
  const steps: [string, string[]][] = [
    ["python3", ["-m", "venv", "--clear", join(CACHE, "venv")]],
    [inVenv("pip"), ["install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]],
  ];
  for (const [command, args] of steps) {
    const step = run(command, args);
    if (step.status !== 0) return `moto cannot be installed: ${step.stderr.trim().split("\n").at(-1)}`;
  }
  writeFileSync(installed, wanted);
  return null;
}

async function secondOpinion(): Promise<number> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(inVenv("moto_server"), ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  try {
    await untilAnswers(endpoint);
    const { agreements, problems } = judge(runSuites(endpoint));
    const page = renderPage();
    if (process.argv.includes("--write")) writeFileSync(PAGE, page);
    const isCurrent = existsSync(PAGE) && readFileSync(PAGE, "utf8") === page;
    const all = [
      ...problems,
      ...(isCurrent ? [] : ["docs/sandbox-vs-moto.md is out of date: --write renews it"]),
    ];
    console.log(`moto: ${agreements} agreements; disagreements: docs/sandbox-vs-moto.md`);
    for (const problem of all) console.error(`moto: ${problem}`);
    return all.length === 0 ? 0 : 1;
  } finally {
    server.kill();
  }
}

function runSuites(endpoint: string): Outcome[] {
  const outputFile = join(CACHE, "result.json");
  const config = join(import.meta.dirname, "vitest.config.ts");
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const args = [
    vitest,
    "run",
    "--config",
    config,
    "--root",
    ROOT,
    "--reporter=json",
    `--outputFile=${outputFile}`,
  ];
  run(process.execPath, args, { ...process.env, AWS_ENDPOINT_URL: endpoint });
  const { testResults } = JSON.parse(readFileSync(outputFile, "utf8")) as Report;
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      test: [...ancestorTitles.slice(1), title].join(" > "),
      passed: status === "passed",
    })),
  );
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

async function untilAnswers(endpoint: string): Promise<void> {
  for (let second = 0; second < START_SECONDS; second += 1) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => null);
    if (answer?.ok) return;
    await setTimeout(1000);
  }
  throw new Error(`moto's server does not answer after ${START_SECONDS} seconds`);
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function inVenv(command: string): string {
  return join(CACHE, "venv/bin", command);
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", env });
  return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
}
