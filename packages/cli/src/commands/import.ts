import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { type ImportedFiles, importLandingZone, importMappings, importTerraform } from "@landbridge/import";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { readText } from "../read-text.ts";
import { INPUT_FILES, writeSchema } from "../schemas.ts";
import type { Streams } from "../streams.ts";
import { writeNewFile } from "../write-new-file.ts";

interface Destination {
  readonly out: string;
  readonly force: boolean;
}

export function importCommand(streams: Streams, done: (code: ExitCode) => void) {
  async function write({ notes, ...texts }: ImportedFiles, { out, force }: Destination): Promise<void> {
    const files = INPUT_FILES.map((name) => ({ name, file: join(out, `${name}.yaml`) }));
    const taken = files.filter(({ file }) => existsSync(file));
    if (taken.length > 0 && !force)
      throw new UsageError(
        `${taken.map(({ file }) => file).join(", ")}: already exists; name another --out or pass --force`,
      );
    await mkdir(out, { recursive: true });
    for (const { name, file } of files) {
      await writeNewFile(file, texts[name], force);
      await writeSchema(out, name);
      streams.out.write(`${file}\n`);
    }
    for (const note of notes) streams.err.write(`note: ${note}\n`);
    done(EXIT.ok);
  }
  const lza = source("lza", "Read the configuration of a Landing Zone Accelerator on AWS.")
    .argument("<dir>", "folder with organization-config.yaml, accounts-config.yaml and iam-config.yaml")
    .action(async (dir, destination) => write(await importLandingZone(dir), destination));
  const codepipeline = source(
    "codepipeline",
    "Read the mappings of AWS's codepipeline-auto-assignment sample.",
  )
    .argument("<dir>", "folder with permission-sets, global-mapping.json and target-mapping.json")
    .action(async (dir, destination) => write(await importMappings(dir), destination));
  const terraform = source("terraform", "Read the aws_ssoadmin_… resources of a Terraform state or plan.")
    .argument("<file>", "output of `terraform show -json [planfile]`")
    .action(async (file, destination) =>
      write(importTerraform(await readText(file), basename(file)), destination),
    );
  return new Command("import")
    .description("Convert other tools' configurations into Landbridge's files.")
    .addHelpText(
      "after",
      `
Writes access.yaml (who may do what), and organization.yaml and directory.yaml to try it on a sandbox, each with its JSON
Schema next to it. Notes on standard error say what was made up or left out, with file and line if known.

Examples:
  $ npm run landbridge -- import lza path/to/aws-accelerator-config --out my
  $ npm run landbridge -- policy check my/access.yaml
  $ npm start -- --policy my/access.yaml --organization my/organization.yaml --directory my/directory.yaml
  $ npm run landbridge -- plan --policy my/access.yaml      in your account: what it would change

docs/import.md explains each step. Exit codes: 0 written, 2 the source has mistakes and nothing was written.`,
    )
    .addCommand(lza)
    .addCommand(codepipeline)
    .addCommand(terraform);
}

function source(name: string, description: string) {
  return new Command(name)
    .description(description)
    .option("--out <dir>", "folder to write to", ".")
    .option("--force", "overwrite existing files", false);
}
