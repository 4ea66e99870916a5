import type { Readable, Writable } from "node:stream";
import { readDocument } from "./document.ts";
import { readLines } from "./lines.ts";
import type { Prompts } from "./prompts.ts";

/** For input that is not a terminal: each answer is a line; nothing is echoed. */
export function makeLinePrompts(input: Readable, output: Writable): Prompts {
  const lines = readLines(input);

  async function text(message: string): Promise<string | null> {
    output.write(`? ${message}\n`);
    return (await lines.next())?.trim() ?? null;
  }
  function complain(message: string): void {
    output.write(`! ${message}\n`);
  }
  return {
    text,
    secret: text,
    complain,
    async document(message) {
      for (;;) {
        const first = await text(message);
        if (first === null) return null;
        try {
          return await readDocument(first, lines);
        } catch (error) {
          complain(String(error));
        }
      }
    },
    close: () => lines.close(),
  };
}
