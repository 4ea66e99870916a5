import { Argument, Command } from "@commander-js/extra-typings";
import { TASK_KINDS } from "@landbridge/core";
import { EXIT, type ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";
import { answerFromCommandLine } from "../tasks/answer-task.ts";
import { declineFromCommandLine } from "../tasks/decline-task.ts";
import { renderGuidePage } from "../tasks/guide-page.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { showTask } from "../tasks/show-task.ts";

type Done = (code: ExitCode) => void;

const ID = "id of the task, or a unique prefix of it";

export function tasksCommand(streams: Streams, done: Done) {
  return new Command("tasks")
    .description("List what waits for a person: steps that AWS offers only in its console, and approvals.")
    .option("--all", "include closed tasks, with who answered or declined them, when and why", false)
    .option("--json", "print the tasks as one JSON document", false)
    .addHelpText(
      "after",
      `
Like plan, it uses the account of the environment. Each kind of task has a page in docs/guides/.

Examples:
  $ npm run landbridge -- tasks
  $ npm run landbridge -- tasks --all
  $ npm run landbridge -- tasks show 3f2a
  $ npm run landbridge -- tasks answer 3f2a

Exit codes: 0 done, 1 the answer was refused or something failed, 2 wrong usage, 130 you cancelled.`,
    )
    .action(async ({ all, json }) => done(await listTasks({ all, json }, streams)))
    .addCommand(showCommand(streams, done))
    .addCommand(answerCommand(streams, done))
    .addCommand(declineCommand(streams, done))
    .addCommand(guideCommand(streams, done));
}

function showCommand(streams: Streams, done: Done) {
  return new Command("show")
    .description("Show what a task asks for, step by step, and how to answer it.")
    .argument("<id>", ID)
    .option("--save <file>", "save the file that the task needs, such as Entra's federation metadata")
    .option("--force", "overwrite an existing file", false)
    .option("--json", "print the task as one JSON document", false)
    .action(async (id, { save, force, json }) => done(await showTask(id, { save, force, json }, streams)));
}

function answerCommand(streams: Streams, done: Done) {
  return new Command("answer")
    .description("Answer a task. The answer is checked; if it is wrong, the task stays open.")
    .argument("<id>", ID)
    .option("--metadata <file>", "SAML metadata, as downloaded")
    .option("--confirm <word>", "the word that confirms that the step is done")
    .option("--endpoint <url>", "SCIM endpoint")
    .option("--expires-at <date>", "when the token expires (default: in one year)")
    .option("--token <->", "read the access token from standard input; the value must be -")
    .addHelpText(
      "after",
      `
On a terminal it asks for what the options leave out; a secret is not shown while you paste it.

Examples:
  $ npm run landbridge -- tasks answer 3f2a
  $ npm run landbridge -- tasks answer 3f2a --metadata sp-metadata.xml
  $ npm run landbridge -- tasks answer 3f2a --confirm ACCEPT
  $ pass show aws/scim | npm run landbridge -- tasks answer 3f2a --endpoint https://scim… --token -`,
    )
    .action(async (id, options) => done(await answerFromCommandLine(id, options, streams)));
}

function declineCommand(streams: Streams, done: Done) {
  return new Command("decline")
    .description("Decline a task: its flow ends, and the steps already done are kept.")
    .argument("<id>", ID)
    .requiredOption("--reason <text>", "why; shown in the flow's error")
    .action(async (id, { reason }) => done(await declineFromCommandLine(id, reason, streams)));
}

function guideCommand(streams: Streams, done: Done) {
  const kinds = TASK_KINDS.map(({ kind }) => kind);
  return new Command("guide")
    .description("Print the guide to a kind of task as Markdown; no such task has to exist.")
    .addArgument(new Argument("<kind>", "kind of task").choices(kinds))
    .action((kind) => {
      streams.out.write(renderGuidePage(kind));
      done(EXIT.ok);
    });
}
