import type { Readable, Writable } from "node:stream";
import { styleText } from "node:util";
import type { Variables } from "@landbridge/functions/_shared/wiring";

/**
 * A command's view of its process. It writes results to `out`, progress, prompts and errors to `err`; answers come from `in`,
 * and settings from the environment variables.
 */
export interface Streams {
  readonly variables: Variables;
  readonly in?: Readable & { readonly isTTY?: boolean };
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: Writable & { readonly isTTY?: boolean; readonly columns?: number };
}

type Style = Parameters<typeof styleText>[0];

interface Terminal {
  readonly isTTY?: boolean;
}

/** Styles for people: plain text when the stream is no terminal, in CI, or with NO_COLOR. */
export function makeStyle(stream: Terminal, variables: Variables) {
  const styled = isInteractive(stream, variables) && !variables["NO_COLOR"];
  return (style: Style, text: string) => (styled ? styleText(style, text, { validateStream: false }) : text);
}

/** Whether it is a terminal with a person, as far as can be known. */
export function isInteractive(stream: Terminal, variables: Variables): boolean {
  return stream.isTTY === true && !variables["CI"];
}

export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 90 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${(minutes / 60).toFixed(1)} h`;
}
