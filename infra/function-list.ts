import { existsSync } from "node:fs";
import path from "node:path";
import type { Flow } from "./flows.ts";

export interface FunctionSpec {
  /** The file below `functions/`. */
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Invoked asynchronously: what it cannot process goes to a dead-letter queue. */
  readonly isAsync: boolean;
}

/** The longest that API Gateway waits (integration timeout). */
const API_SECONDS = 29;
/** A function that only opens a task; the state waits for the person, not for the function. */
const OPEN_TASK_SECONDS = 120;
const MEMORY_MEGABYTES = 512;

/** Functions that no state invokes. */
const OUTSIDE_FLOWS: readonly FunctionSpec[] = [
  { name: "api/api", timeoutSeconds: API_SECONDS, memoryMegabytes: 1024, isAsync: false },
  { name: "events/graph-webhook", timeoutSeconds: 10, memoryMegabytes: MEMORY_MEGABYTES, isAsync: false },
  {
    name: "events/keep-subscriptions",
    timeoutSeconds: 300,
    memoryMegabytes: MEMORY_MEGABYTES,
    isAsync: true,
  },
  {
    name: "events/start-daily-sync",
    timeoutSeconds: 60,
    memoryMegabytes: MEMORY_MEGABYTES,
    isAsync: true,
  },
  { name: "events/mark-changes", timeoutSeconds: 60, memoryMegabytes: MEMORY_MEGABYTES, isAsync: true },
  { name: "tasks/remind", timeoutSeconds: 300, memoryMegabytes: MEMORY_MEGABYTES, isAsync: true },
];

/** Every function there is: one for each Task state that has one of its own, and those that events and people call. @throws {Error} for a missing file */
export function listFunctions(root: string, flows: readonly Flow[]): FunctionSpec[] {
  const steps = flows.flatMap(({ name: flow, steps }) =>
    steps
      .filter(({ functionName }) => functionName.startsWith(`${flow}/`))
      .map(({ functionName, timeoutSeconds }) => ({
        name: functionName,
        timeoutSeconds: timeoutSeconds ?? OPEN_TASK_SECONDS,
        memoryMegabytes: MEMORY_MEGABYTES,
        isAsync: false,
      })),
  );
  for (const { name } of OUTSIDE_FLOWS) {
    if (!existsSync(path.join(root, "functions", `${name}.ts`)))
      throw new Error(`infra/function-list.ts names ${name}: there is no functions/${name}.ts`);
  }
  return [...steps, ...OUTSIDE_FLOWS].toSorted((a, b) => a.name.localeCompare(b.name));
}
