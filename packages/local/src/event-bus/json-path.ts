/**
 * The part of JSONPath that EventBridge knows: dots, array indices and `[*]`
 * [EventBridge user guide, eb-transform-target-input].
 */
const PATH = /^\$(?:\.[\w/-]+|\[(?:\d+|\*)\])*$/;

export function isJsonPath(path: string): boolean {
  return PATH.test(path);
}

/** @returns the value at the path, undefined if there is none; a list after `[*]` */
export function readPath(value: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\.([\w/-]+)|\[(\d+|\*)\]/g)].map(([, name, index]) => name ?? index ?? "");
  return follow(value, steps);
}

function follow(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  if (step === "*") {
    if (!Array.isArray(value)) return undefined;
    return value.map((item: unknown) => follow(item, rest)).filter((item) => item !== undefined);
  }
  return Object.hasOwn(value, step) ? follow((value as Record<string, unknown>)[step], rest) : undefined;
}
