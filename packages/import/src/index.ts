export { importMappings } from "./codepipeline/import-mappings.ts";
export type { ImportedFiles } from "./imported-files.ts";
export { importLandingZone } from "./lza/import-landing-zone.ts";
export { type InputFileName, schemaFile, schemaLine } from "./schema-line.ts";
export { SourceError } from "./source-error.ts";
export { importTerraform } from "./terraform/import-terraform.ts";
