import { Command } from "@commander-js/extra-typings";
import { EXIT, type ExitCode } from "../exit.ts";
import { INPUT_FILES, jsonSchema } from "../schemas.ts";
import type { Streams } from "../streams.ts";

export function schemaCommand(streams: Streams, done: (code: ExitCode) => void) {
  const command = new Command("schema")
    .description("Print the JSON Schema of an input file, for completion and checks in editors.")
    .addHelpText(
      "after",
      `
Editors with the YAML language server (VS Code: extension redhat.vscode-yaml) use the schema that a file names in a comment:

  $ npm run --silent landbridge -- schema access > access.schema.json
  $ head -1 access.yaml
  # yaml-language-server: $schema=access.schema.json

Files that import and adopt write already name it, and have their schema next to them.`,
    );
  for (const name of INPUT_FILES) {
    command
      .command(name)
      .description(`print the schema of ${name}.yaml`)
      .action(() => {
        streams.out.write(jsonSchema(name));
        done(EXIT.ok);
      });
  }
  return command;
}
