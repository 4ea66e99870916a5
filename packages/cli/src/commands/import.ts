import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { EXIT, type ExitCode } from "../exit.ts";
import { importMappings } from "../import/codepipeline/import-mappings.ts";
import type { ImportedFiles } from "../import/imported-files.ts";
import { importLandingZone } from "../import/lza/import-landing-zone.ts";
import { importTerraform } from "../import/terraform/import-terraform.ts";
import type { Streams } from "../streams.ts";

export function importCommand(streams: Streams, done: (code: ExitCode) => void) {
  async function write({ notes, ...texts }: ImportedFiles, out: string): Promise<void> {
    await mkdir(out, { recursive: true });
    for (const [name, text] of Object.entries(texts)) {
      const file = join(out, `${name}.yaml`);
      await writeFile(file, text);
      streams.out.write(`${file}\n`);
    }
    for (const note of notes) streams.err.write(`note: ${note}\n`);
    done(EXIT.ok);
  }
  const lza = new Command("lza")
    .description(
      "Read a Landing Zone Accelerator configuration and write organization, directory and access files.",
    )
    .argument("<dir>", "folder with organization-config.yaml, accounts-config.yaml and iam-config.yaml")
    .option("--out <dir>", "folder to write to", ".")
    .action(async (dir, { out }) => write(await importLandingZone(dir), out));
  const codepipeline = new Command("codepipeline")
    .description("Read the mappings of AWS's codepipeline-auto-assignment sample.")
    .argument("<dir>", "folder with permission-sets, global-mapping.json and target-mapping.json")
    .option("--out <dir>", "folder to write to", ".")
    .action(async (dir, { out }) => write(await importMappings(dir), out));
  const terraform = new Command("terraform")
    .description("Read the aws_ssoadmin_… resources of a Terraform state or plan.")
    .argument("<file>", "what `terraform show -json [planfile]` printed")
    .option("--out <dir>", "folder to write to", ".")
    .action(async (file, { out }) => write(await importTerraform(file), out));
  return new Command("import")
    .description("Make Landbridge's files from other configurations; what is made up or left out is noted.")
    .addCommand(lza)
    .addCommand(codepipeline)
    .addCommand(terraform);
}
