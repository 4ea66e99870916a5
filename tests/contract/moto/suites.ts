import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Outcome } from "./judge.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/** Runs the contract suites against the AWS at the endpoint. @throws {Error} when they do not run at all */
export async function runSuites(folder: string, endpoint: string): Promise<Outcome[]> {
  const outputFile = join(folder, "result.json");
  rmSync(outputFile, { force: true });
  const args = [
    join(ROOT, "node_modules/vitest/vitest.mjs"),
    "run",
    "--root",
    ROOT,
    "--config",
    join(import.meta.dirname, "vitest.config.ts"),
    "--reporter=json",
    `--outputFile=${outputFile}`,
  ];
  const vitest = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, AWS_ENDPOINT_URL: endpoint },
  });
  await once(vitest, "exit");
  const { testResults } = JSON.parse(readFileSync(outputFile, "utf8")) as Report;
  return testResults.flatMap(({ assertionResults, message }) => {
    if (assertionResults.length === 0) throw new Error(`The suites do not run: ${message}`);
    return assertionResults.map(toOutcome);
  });
}

/** The output of vitest's reporter `json`. */
interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

interface Assertion {
  /** The first names the target: `ports on AWS, moto playing AWS`. */
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

function toOutcome({ ancestorTitles, title, status, failureMessages }: Assertion): Outcome {
  return {
    test: [...ancestorTitles.slice(1), title].join(" > "),
    failure: status === "passed" ? null : ((failureMessages[0] ?? status).split("\n    at ")[0] ?? status),
  };
}
