import { text } from "node:stream/consumers";
import type { AnswerField } from "@landbridge/core";
import { UsageError } from "../exit.ts";
import { readText } from "../read-text.ts";
import type { Streams } from "../streams.ts";

/** The parts of an answer that the command line can give. Secrets come on standard input. */
export interface AnswerOptions {
  readonly metadata?: string | undefined;
  readonly confirm?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly expiresAt?: string | undefined;
  readonly token?: string | undefined;
}

/** The command-line option of a field. */
export function optionOf({ name, input, word }: AnswerField): string {
  switch (input) {
    case "document":
      return "--metadata <file>";
    case "word":
      return `--confirm ${word}`;
    case "secret":
      return "--token -";
    case "text":
      return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} <${name === "expiresAt" ? "date" : name}>`;
  }
}

/**
 * The answer as far as options say it, by the names of the task's fields.
 * @throws {UsageError} for a token on the command line, where others could read it; for a file that cannot be read
 */
export async function answerOf(
  { metadata, confirm, endpoint, expiresAt, token }: AnswerOptions,
  fields: readonly AnswerField[],
  { in: input }: Streams,
): Promise<Record<string, string>> {
  if (token !== undefined && token !== "-") {
    throw new UsageError(
      "--token: other people can read command lines, and shells keep them. Pass --token - and give the token on standard input. Treat the one you typed as leaked, and generate another.",
    );
  }
  if (token === "-" && !input) throw new UsageError("--token -: standard input is missing");
  const nameOf = (kind: AnswerField["input"], usual: string) =>
    fields.find((field) => field.input === kind)?.name ?? usual;
  return {
    ...(metadata !== undefined && { [nameOf("document", "metadata")]: await readText(metadata) }),
    ...(confirm !== undefined && { [nameOf("word", "confirmation")]: confirm }),
    ...(token === "-" && input && { [nameOf("secret", "token")]: (await text(input)).trim() }),
    ...(endpoint !== undefined && { endpoint }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}
