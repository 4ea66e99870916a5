import { FlowError, isFlowError, parseAccessPolicy } from "@landbridge/core";
import { stringify } from "yaml";
import { type InputFileName, schemaLine } from "./schema-line.ts";

/** Files for Landbridge, as YAML text, by name without `.yaml`. */
export interface ImportedFiles {
  readonly organization: string;
  readonly directory: string;
  readonly access: string;
  /** What was left out or made up, one sentence each. */
  readonly notes: readonly string[];
}

interface FileText {
  /** Lines above the content. */
  readonly comment: readonly string[];
  readonly content: object;
}

/** The text of one file, with the line that tells editors its schema. */
export function yamlFile(name: InputFileName, { comment, content }: FileText): string {
  // YAML 1.1 readers take a bare 2012-10-17 for a date: its schema puts such texts in quotes.
  const text = stringify(content, { schema: "yaml-1.1", lineWidth: 110, aliasDuplicateObjects: false });
  const lines = [...comment, schemaLine(name)];
  // A comment at the very end comes without a line break.
  return `${lines.map((line) => `# ${line}\n`).join("")}\n${text.trimEnd()}\n`;
}

/**
 * The text of `access.yaml`.
 * @throws {FlowError} PolicyInvalid when what was read makes no valid policy, a name that AWS does not take say
 */
export function accessFile(file: FileText): string {
  const text = yamlFile("access", file);
  try {
    parseAccessPolicy(text, "access.yaml");
  } catch (error) {
    if (!isFlowError(error, "PolicyInvalid")) throw error;
    throw new FlowError(
      "PolicyInvalid",
      `What was read makes no valid access policy; fix the source. The file would be wrong here:\n${error.message}`,
      { cause: error },
    );
  }
  return text;
}
