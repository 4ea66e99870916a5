import type { Streams } from "../streams.ts";
import { makeLinePrompts } from "./line-prompts.ts";
import type { Prompts } from "./prompts.ts";
import { makeTerminalPrompts } from "./terminal-prompts.ts";

/** Prompts go where progress goes: the standard output is for the result. */
export function makePrompts(input: NonNullable<Streams["in"]>, output: Streams["err"]): Prompts {
  const isTerminal = input.isTTY === true && output.isTTY === true;
  return isTerminal ? makeTerminalPrompts(input, output) : makeLinePrompts(input, output);
}
