import { Command } from "@commander-js/extra-typings";
import { parseAccessPolicy } from "@landbridge/core";
import { EXIT, type ExitCode } from "../exit.ts";
import { readText } from "../read-text.ts";
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
  return new Command("policy").description("Look at an access policy.").addCommand(check);
}
