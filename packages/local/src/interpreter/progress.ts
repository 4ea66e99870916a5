import type { Json } from "../definition/asl.ts";
import { Variables } from "./variables.ts";

/** The state that a graph has reached. */
export interface Position {
  readonly name: string;
  readonly input: Json;
  /** Id of the event by which it was entered, null before. */
  enteredEventId: number | null;
}

/** The progress of a graph, from which a redrive continues. */
export class Progress {
  readonly variables: Variables;
  position: Position | null = null;
  /** The graph's output, once it has succeeded. */
  output: Json | undefined = undefined;
  readonly #inner = new Map<number, Progress>();

  constructor(variables = new Variables()) {
    this.variables = variables;
  }

  /** Moves the graph to a state. */
  moveTo(name: string, input: Json): void {
    this.position = { name, input, enteredEventId: null };
    this.forgetInner();
  }

  finish(output: Json): void {
    this.output = output;
    this.variables.release();
    this.forgetInner();
  }

  /** The progress of a branch or an iteration of the current state. */
  inner(index: number): Progress {
    const known = this.#inner.get(index);
    if (known) return known;
    const progress = new Progress(this.variables.inner());
    this.#inner.set(index, progress);
    return progress;
  }

  /** Branches and iterations of the present state start over. */
  forgetInner(): void {
    for (const progress of this.#inner.values()) {
      progress.forgetInner();
      progress.variables.release();
    }
    this.#inner.clear();
  }
}
