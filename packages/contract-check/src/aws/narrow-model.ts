import { type Member, type Model, shapeOf } from "./model.ts";

type Reference = Pick<Member, "shape">;

/** The model with some of its operations, and of its shapes those that these reach. */
export function narrowModel(model: Model, names: readonly string[]): Model {
  const operations = Object.entries(model.operations).filter(([name]) => names.includes(name));
  const reached = new Set<string>();
  const waiting = operations.flatMap(([, { input, output, errors = [] }]) =>
    present([input, output, ...errors]),
  );
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next.shape)) continue;
    reached.add(next.shape);
    const { members = {}, member, key, value } = shapeOf(model, next.shape);
    waiting.push(...present([...Object.values(members), member, key, value]));
  }
  const shapes = Object.entries(model.shapes).filter(([name]) => reached.has(name));
  return { ...model, operations: Object.fromEntries(operations), shapes: Object.fromEntries(shapes) };
}

function present(references: readonly (Reference | undefined)[]): Reference[] {
  return references.filter((reference) => reference !== undefined);
}
