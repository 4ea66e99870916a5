import { stringify } from "yaml";

/** Files for Landbridge, as YAML text, by name without `.yaml`. */
export interface ImportedFiles {
  readonly organization: string;
  readonly directory: string;
  readonly access: string;
  /** What was left out or made up, one sentence each. */
  readonly notes: readonly string[];
}

/** The text of one file below its comment lines. */
export function yamlFile(comment: readonly string[], content: object): string {
  // YAML 1.1 readers take a bare 2012-10-17 for a date: its schema puts such texts in quotes.
  const text = stringify(content, { schema: "yaml-1.1", lineWidth: 110, aliasDuplicateObjects: false });
  return `${comment.map((line) => `# ${line}\n`).join("")}\n${text}`;
}
