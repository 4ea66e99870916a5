import { Command } from "@commander-js/extra-typings";
import { AccessPolicyFile } from "@landbridge/core";
import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";
import * as z from "zod";
import { EXIT, type ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";

const FILES = { access: AccessPolicyFile, organization: OrganizationFile, directory: DirectoryFile };

/** JSON Schema of one of the three input files, for editors and validators. */
export function jsonSchema(name: keyof typeof FILES): string {
  return `${JSON.stringify(z.toJSONSchema(FILES[name], { io: "input" }), null, 2)}\n`;
}

export function schemaCommand(streams: Streams, done: (code: ExitCode) => void) {
  const command = new Command("schema").description("Print the JSON Schema of an input file.");
  for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) {
    command
      .command(name)
      .description(`of ${name}.yaml`)
      .action(() => {
        streams.out.write(jsonSchema(name));
        done(EXIT.ok);
      });
  }
  return command;
}
