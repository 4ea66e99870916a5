import { Command, Option } from "@commander-js/extra-typings";
import { comparePolicy } from "../access/compare-policy.ts";
import type { ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";

export function planCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("plan")
    .description("Show exactly what a sync would do, and why. Writes nothing.")
    .option("--policy <file>", "access policy to plan for (default: the deployment's)")
    .addOption(new Option("--json", "print the plan as one JSON document").conflicts("markdown"))
    .option("--markdown", "print the plan as a comment for a pull request")
    .option("--out <file>", "also write a plan file for apply --plan; replaces an existing file")
    .addHelpText(
      "after",
      `
Uses the account of the environment: AWS credentials, and the deployment's LANDBRIDGE_… variables. With --api the deployment
plans, and stores the policy of --policy as a proposal, which changes nothing; this needs the role operator.

Examples:
  $ npm start -- --serve --port 4580             start a sandbox; it prints the variables to set
  $ npm run landbridge -- plan
  $ npm run --silent landbridge -- plan --policy access.yaml --markdown > plan.md
  $ npm run landbridge -- plan --policy access.yaml --out plan.json

A plan file contains every change, its policy and a hash of both. It contains names and ids, but no secrets.

Exit codes: 0 nothing to change, 2 changes, 1 error.`,
    )
    .action(async ({ policy: file, json, markdown, out }) => {
      const form = json ? "json" : markdown ? "markdown" : "text";
      done(await comparePolicy({ file, form, out }, streams));
    });
}
