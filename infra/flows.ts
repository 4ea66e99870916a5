import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expandDefinition } from "@landbridge/core";

/** One Task state that invokes a function. */
export interface FlowStep {
  /** Its placeholder in the definition: the name of the state, after `OtherFlow_` where the function is another flow's. */
  readonly placeholder: string;
  /** `connect/check-prerequisites`: the file below `functions/`. */
  readonly functionName: string;
  /** The function's time limit in this state; null if the state waits for a person instead. */
  readonly timeoutSeconds: number | null;
}

export interface Flow {
  /** `connect`: the folder below `stepfunctions/`. */
  readonly name: string;
  /** The complete definition (`expandDefinition`) with its `${Placeholder}`s open. */
  readonly source: string;
  readonly steps: readonly FlowStep[];
  /** Flows that it starts and waits for. */
  readonly nested: readonly string[];
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Arguments?: { readonly FunctionName?: string };
  readonly ItemProcessor?: { readonly States: States };
  readonly Branches?: readonly { readonly States: States }[];
}

type States = Readonly<Record<string, State>>;

/**
 * Every flow of the repository, nested ones before those that start them: adding a folder adds a flow.
 * @throws {Error} naming the flow and the placeholder for which there is no function or no flow
 */
export function readFlows(root: string): Flow[] {
  const folder = path.join(root, "stepfunctions");
  const names = readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, `${name}.asl.json`)))
    .toSorted();
  const flows = names.map((name) => readFlow(root, name, names));
  return flows.toSorted((a, b) => depth(a, flows) - depth(b, flows) || a.name.localeCompare(b.name));
}

function readFlow(root: string, name: string, names: readonly string[]): Flow {
  const file = path.join(root, "stepfunctions", name, `${name}.asl.json`);
  const definition = expandDefinition(JSON.parse(readFileSync(file, "utf8")) as { States: States });
  const source = JSON.stringify(definition);
  const tasks = tasksOf(definition.States);
  const steps: FlowStep[] = [];
  const nested: string[] = [];
  for (const placeholder of placeholdersOf(source)) {
    const flow = names.find((other) => placeholder === `${pascalCase(other)}StateMachine`);
    if (flow !== undefined) {
      nested.push(flow);
      continue;
    }
    const task = tasks.find(({ Arguments }) => Arguments?.FunctionName === `\${${placeholder}}`);
    const [state = "", owner] = placeholder.split("_").toReversed();
    const functionName = `${owner === undefined ? name : kebabCase(owner)}/${kebabCase(state)}`;
    if (!task || !existsSync(path.join(root, "functions", `${functionName}.ts`))) {
      throw new Error(
        `stepfunctions/${name}/${name}.asl.json names \${${placeholder}}: there is no functions/${functionName}.ts for it`,
      );
    }
    const waits = task.Resource?.endsWith(".waitForTaskToken") ?? false;
    steps.push({
      placeholder,
      functionName,
      timeoutSeconds: waits ? null : (task.TimeoutSeconds ?? null),
    });
  }
  return { name, source, steps, nested };
}

/** Fills the placeholders of a definition. @throws {Error} naming one without a value */
export function fillDefinition(source: string, values: Readonly<Record<string, string>>): string {
  const filled = source.replace(/\$\{(\w+)\}/g, (_, placeholder: string) => {
    const value = values[placeholder];
    if (value === undefined) throw new Error(`Nothing to put in the place of \${${placeholder}}`);
    return value;
  });
  return JSON.stringify(JSON.parse(filled));
}

export function stateMachinePlaceholder(flow: string): string {
  return `${pascalCase(flow)}StateMachine`;
}

function placeholdersOf(source: string): string[] {
  return [...new Set([...source.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name))];
}

/** Tasks at every depth: Map and Parallel have states inside. */
function tasksOf(states: States): State[] {
  return Object.values(states).flatMap((state) => [
    ...(state.Type === "Task" ? [state] : []),
    ...tasksOf(state.ItemProcessor?.States ?? {}),
    ...(state.Branches ?? []).flatMap((branch) => tasksOf(branch.States)),
  ]);
}

function depth({ nested }: Flow, flows: readonly Flow[]): number {
  const inner = flows.filter(({ name }) => nested.includes(name));
  return inner.length === 0 ? 0 : 1 + Math.max(...inner.map((flow) => depth(flow, flows)));
}

function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function pascalCase(kebab: string): string {
  return kebab.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
