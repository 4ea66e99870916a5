import { Command } from "@commander-js/extra-typings";
import { explainAccess, parseAccessPolicy, renderExplanation } from "@landbridge/core";
import { depsOfEnvironment } from "../access/environment.ts";
import { readPolicy, readWorld } from "../access/make-plan.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { readText } from "../read-text.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";

export function policyCommand(streams: Streams, done: (code: ExitCode) => void) {
  const check = new Command("check")
    .description("Check an access policy by itself: needs no account, and knows no groups or accounts.")
    .argument("<file>", "access policy (YAML)")
    .addHelpText("after", "\nExit codes: 0 nothing wrong, 2 mistakes, each with file, line and column.")
    .action(async (file) => {
      const { rules, permissionSets } = parseAccessPolicy(await readText(file), file);
      const sets = Object.keys(permissionSets).length;
      streams.out.write(`${file}: ${rules.length} rules, ${sets} permission sets, nothing wrong\n`);
      done(EXIT.ok);
    });
  const explain = new Command("explain")
    .description("Say what a user has, where, by which rule and through which groups.")
    .argument("<user>", "user principal name or object id")
    .option("--policy <file>", "access policy to explain (default: the deployment's)")
    .option("--json", "the explanation as one JSON document")
    .addHelpText(
      "after",
      "\nThe account is that of the environment, as for plan. Exit codes: 0 explained, 2 nobody by that name.",
    )
    .action(async (user, { policy: file, json }) => {
      const progress = makeProgress(streams);
      const deps = depsOfEnvironment((message) => progress.say(`! ${message}`));
      const policy = await readPolicy(file, deps);
      const world = await readWorld(policy, deps, (text) => progress.say(`  ${text}`));
      const explanation = explainAccess(policy, world, { user, settings: deps.settings });
      if (explanation.user === null) throw new UsageError(explanation.message);
      const text = json ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation);
      streams.out.write(`${text}\n`);
      done(EXIT.ok);
    });
  return new Command("policy").description("Look at an access policy.").addCommand(check).addCommand(explain);
}
