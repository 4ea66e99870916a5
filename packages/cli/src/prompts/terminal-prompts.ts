import type { Readable, Writable } from "node:stream";
import * as clack from "@clack/prompts";
import { readDocument } from "./document.ts";
import { type Lines, readLines } from "./lines.ts";
import type { Prompts } from "./prompts.ts";

/** For a person at a terminal. */
export function makeTerminalPrompts(input: Readable, output: Writable): Prompts {
  const closing = new AbortController();
  const streams = { input, output, signal: closing.signal };

  function complain(message: string): void {
    clack.log.error(message, streams);
  }
  return {
    text: async (message) => valueOf(await clack.text({ message, ...streams })),
    // A token has a thousand characters: a mask would fill the screen.
    async secret(message) {
      const value = valueOf(await clack.password({ message, mask: "", ...streams }));
      if (value) clack.log.message(`${value.length} characters`, streams);
      return value;
    },
    complain,
    async document(message) {
      for (;;) {
        clack.log.step(message, streams);
        // Not a prompt of clack, since those end at the first line of a pasted text.
        const lines = readLines(input, output);
        closing.signal.addEventListener("abort", () => lines.close(), { once: true });
        try {
          return await documentFrom(lines);
        } catch (error) {
          complain(String(error));
        } finally {
          lines.close();
        }
      }
    },
    close: () => closing.abort(),
  };
}

async function documentFrom(lines: Lines): Promise<string | null> {
  const first = await lines.next();
  return first === null ? null : readDocument(first, lines);
}

/** Clack answers with a symbol when the person gives up, and with nothing when nothing was typed. */
function valueOf(answer: string | symbol | undefined): string | null {
  return typeof answer === "symbol" ? null : (answer ?? "").trim();
}
