import { type Member, type Model, type Shape, shapeOf } from "./model.ts";
import type { XmlElement } from "./xml-tree.ts";

const NUMBERS = new Set<Shape["type"]>(["integer", "long", "double", "float"]);

/**
 * A header, query parameter or XML text as the JSON value that its shape has. Text that is no number stays text, so that
 * the schema says so.
 */
export function fromText(shape: Shape, text: string): unknown {
  if (NUMBERS.has(shape.type)) {
    return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  }
  if (shape.type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (shape.type === "list") return text.split(",").map((item) => item.trim());
  return text;
}

/** An XML element as the JSON value of its shape; children that the shape does not know stay under their own name. */
export function fromXml(model: Model, shapeName: string, element: XmlElement): unknown {
  const shape = shapeOf(model, shapeName);
  if (shape.type === "structure") return structureFromXml(model, shape, element.children);
  if (shape.type === "list") {
    return element.children.map((child) => itemFromXml(model, shape.member, child));
  }
  return fromText(shape, element.text);
}

function structureFromXml(model: Model, shape: Shape, children: readonly XmlElement[]): object {
  const result: Record<string, unknown> = {};
  for (const child of children) {
    const [name, member] = memberOf(model, shape, child.name) ?? [child.name, undefined];
    if (member === undefined) {
      result[name] = child.text;
      continue;
    }
    const inner = shapeOf(model, member.shape);
    if (inner.type !== "list" || !inner.flattened) {
      result[name] = fromXml(model, member.shape, child);
      continue;
    }
    const items = (result[name] ?? []) as unknown[];
    result[name] = [...items, itemFromXml(model, inner.member, child)];
  }
  return result;
}

function itemFromXml(model: Model, member: Member | undefined, element: XmlElement): unknown {
  return member === undefined ? element.text : fromXml(model, member.shape, element);
}

function memberOf(model: Model, { members = {} }: Shape, tag: string): [string, Member] | undefined {
  return Object.entries(members).find(([name, { shape, locationName }]) => {
    const inner = shapeOf(model, shape);
    const itemName = inner.flattened ? inner.member?.locationName : undefined;
    return tag === (locationName ?? itemName ?? name);
  });
}
