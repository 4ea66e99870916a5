import { Command } from "@commander-js/extra-typings";
import { explainAccess, parseAccessPolicy, renderExplanation, reviewPolicy } from "@landbridge/core";
import { depsOfEnvironment } from "../access/environment.ts";
import { choosePolicy, readPolicyFile } from "../access/choose-policy.ts";
import { readWorld } from "../access/make-plan.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { readText } from "../read-text.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";

export function policyCommand(streams: Streams, done: (code: ExitCode) => void) {
  const check = new Command("check")
    .description("Check an access policy offline: needs no account, and does not look up groups or accounts.")
    .argument("<file>", "access policy (YAML)")
    .addHelpText(
      "after",
      `
Reports mistakes with file, line and column. Warns of valid but suspicious content: a rule that has expired or that another
rule makes redundant, a permission set that nobody has. Run plan to check that groups, accounts and units exist.

Exit codes: 0 no mistakes, 2 mistakes.`,
    )
    .action(async (file) => {
      const policy = parseAccessPolicy(await readText(file), file);
      const warnings = reviewPolicy(policy, new Date().toISOString());
      for (const warning of warnings) streams.err.write(`warning: ${warning}\n`);
      const sets = Object.keys(policy.permissionSets).length;
      const found = warnings.length === 0 ? "nothing wrong" : `no mistakes, ${warnings.length} warning(s)`;
      streams.out.write(`${file}: ${policy.rules.length} rules, ${sets} permission sets, ${found}\n`);
      done(EXIT.ok);
    });
  const explain = new Command("explain")
    .description("Show what access a user has, in which accounts, by which rule and through which groups.")
    .argument("<user>", "user principal name or object id")
    .option("--policy <file>", "access policy to explain (default: the deployment's)")
    .option("--json", "print the explanation as one JSON document")
    .addHelpText(
      "after",
      `
Also shows what a rule's exceptions leave out, what has expired, and access that no rule explains.
Like plan, it uses the account of the environment.

Example:
  $ npm run landbridge -- policy explain ada@example.com --policy access.yaml

Exit codes: 0 explained, 1 error, 2 no such user.`,
    )
    .action(async (asked, { policy: file, json }) => {
      const progress = makeProgress(streams);
      const deps = depsOfEnvironment(streams.variables, (message) => progress.say(`! ${message}`));
      const { policy } = await choosePolicy(await readPolicyFile(file), deps);
      const world = await readWorld(policy, deps, (text) => progress.say(`  ${text}`));
      // The snapshot has only people that the policy names or who are in a named group; others may still exist.
      const user = await deps.directory.findUser(asked);
      const users = [...world.directory.users, ...(user ? [user] : [])];
      const known = { ...world, directory: { ...world.directory, users } };
      const explanation = explainAccess(policy, known, { user: asked, settings: deps.settings });
      if (explanation.user === null) throw new UsageError(explanation.message);
      const text = json ? JSON.stringify(explanation, null, 2) : renderExplanation(explanation);
      streams.out.write(`${text}\n`);
      done(EXIT.ok);
    });
  return new Command("policy")
    .description("Check or explain an access policy.")
    .addCommand(check)
    .addCommand(explain);
}
