import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { EXIT, type ExitCode } from "../exit.ts";
import { importLandingZone } from "../import/lza/import-landing-zone.ts";
import type { Streams } from "../streams.ts";

export function importCommand(streams: Streams, done: (code: ExitCode) => void) {
  const lza = new Command("lza")
    .description(
      "Read a Landing Zone Accelerator configuration and write organization, directory and access files.",
    )
    .argument("<dir>", "folder with organization-config.yaml, accounts-config.yaml and iam-config.yaml")
    .option("--out <dir>", "folder to write to", ".")
    .action(async (dir, { out }) => {
      const { notes, ...texts } = await importLandingZone(dir);
      await mkdir(out, { recursive: true });
      for (const [name, text] of Object.entries(texts)) {
        const file = join(out, `${name}.yaml`);
        await writeFile(file, text);
        streams.out.write(`${file}\n`);
      }
      for (const note of notes) streams.err.write(`note: ${note}\n`);
      done(EXIT.ok);
    });
  return new Command("import")
    .description("Make Landbridge's files from other configurations.")
    .addCommand(lza);
}
