import {
  type Document,
  type LineCounter,
  type Node,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
} from "yaml";
import type { SourcePosition } from "../model/source-position.ts";

interface IndexedNode {
  readonly key: SourcePosition | null;
  readonly value: SourcePosition;
  readonly isCollection: boolean;
  /** A scalar as it is written. */
  readonly source: string | null;
}

/** The position of every node of a YAML document, by its path joined with dots (`rules.0.groups.1`). */
export class NodeIndex {
  readonly #nodes = new Map<string, IndexedNode>();
  readonly #file: string;
  readonly #lines: LineCounter;

  constructor(document: Document, file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
    this.#add(document.contents, [], null);
  }

  /** Position of the node, or of the nearest enclosing node if it is missing. */
  positionOf(path: readonly PropertyKey[]): SourcePosition {
    for (let length = path.length; length >= 0; length--) {
      const node = this.#nodes.get(path.slice(0, length).map(String).join("."));
      if (node) return bestPosition(node);
    }
    return this.positionAt(0);
  }

  positionOfKey(path: readonly PropertyKey[]): SourcePosition {
    return this.#nodes.get(path.map(String).join("."))?.key ?? this.positionOf(path);
  }

  positionAt(offset: number): SourcePosition {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  sourceOf(path: readonly PropertyKey[]): string | null {
    return this.#nodes.get(path.map(String).join("."))?.source ?? null;
  }

  positions(): Record<string, SourcePosition> {
    return Object.fromEntries([...this.#nodes].map(([path, node]) => [path, bestPosition(node)]));
  }

  #add(value: unknown, path: readonly string[], key: Node | null): void {
    const keyPosition = key?.range ? this.positionAt(key.range[0]) : null;
    const node = isNode(value) ? value : null;
    this.#nodes.set(path.join("."), {
      key: keyPosition,
      value: node?.range ? this.positionAt(node.range[0]) : (keyPosition ?? this.positionAt(0)),
      isCollection: isCollection(node),
      source: isScalar(node) ? (node.source ?? null) : null,
    });
    if (isSeq(node)) node.items.forEach((item, index) => this.#add(item, [...path, String(index)], null));
    if (!isMap(node)) return;
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      this.#add(pair.value, [...path, name], isNode(pair.key) ? pair.key : null);
    }
  }
}

/** The key of a list or mapping is more helpful than its first line; an empty value has no position. */
function bestPosition({ key, value, isCollection, source }: IndexedNode): SourcePosition {
  return key && (isCollection || !source) ? key : value;
}
