import { compileExpression } from "../expressions/expression.ts";

interface Names {
  /** Variables read, without the dollar sign and without those that the expression itself binds. */
  readonly variables: readonly string[];
  /** Members of `$states` read by name. */
  readonly states: ReadonlySet<string>;
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly lhs?: { readonly value?: unknown };
  readonly arguments?: readonly { readonly value?: unknown }[];
  readonly steps?: readonly { readonly type?: string; readonly value?: unknown }[];
  readonly focus?: string;
  readonly index?: string;
}

/** The outside names that an expression reads, according to its syntax tree. */
export function readNames(source: string): Names {
  const read = new Set<string>();
  const bound = new Set<string>();
  const states = new Set<string>();
  visit(compileExpression(source).ast());
  return { variables: [...read].filter((name) => !bound.has(name)), states };

  function visit(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    noteNode(value);
    for (const member of Object.values(value)) visit(member);
  }

  function noteNode(node: Node): void {
    if (node.type === "variable") read.add(String(node.value));
    if (node.type === "bind") bound.add(String(node.lhs?.value));
    if (node.type === "lambda") for (const { value } of node.arguments ?? []) bound.add(String(value));
    if (typeof node.focus === "string") bound.add(node.focus);
    if (typeof node.index === "string") bound.add(node.index);
    const [root, member] = node.type === "path" ? (node.steps ?? []) : [];
    if (root?.type === "variable" && root.value === "states" && member?.type === "name")
      states.add(String(member.value));
  }
}
