/** Text and, between, the names of variables; `isQuoted` is one inside a JSON string. */
export type TemplatePart = string | { readonly name: string; readonly isQuoted: boolean };

/** Takes `<name>` out of an input template. */
export function splitTemplate(template: string): readonly TemplatePart[] {
  let isQuoted = false;
  const parts: TemplatePart[] = [];
  for (const [token, name] of template.matchAll(/<([\w.-]+)>|\\[^]|"|[^<"\\]+|[^]/g)) {
    if (token === '"') isQuoted = !isQuoted;
    parts.push(name === undefined ? token : { name, isQuoted });
  }
  return parts;
}

/** A variable whose path does not exist "won't appear in the output" [EventBridge user guide, eb-transform-target-input]. */
export function fillTemplate(parts: readonly TemplatePart[], read: (name: string) => unknown): string {
  const texts = parts.map((part) => {
    if (typeof part === "string") return part;
    const value = read(part.name);
    if (value === undefined) return "";
    if (!part.isQuoted) return JSON.stringify(value);
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
  return texts.join("");
}
