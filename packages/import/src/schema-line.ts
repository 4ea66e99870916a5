export type InputFileName = "organization" | "directory" | "access";

/** The comment in a YAML file by which editors find its schema, which is next to it. */
export function schemaLine(name: InputFileName): string {
  return `yaml-language-server: $schema=${schemaFile(name)}`;
}

/** The file that {@link schemaLine} refers to. */
export function schemaFile(name: InputFileName): string {
  return `${name}.schema.json`;
}
