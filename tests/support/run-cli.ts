import { Readable, Writable } from "node:stream";
import { run } from "@landbridge/cli/program";
import { onTestFinished, vi } from "vitest";

export interface CliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** One command line in this process, its streams as text. */
export function runCli(...args: string[]): Promise<CliRun> {
  return runCliOn(null, ...args);
}

/** The same with something on its standard input, which is no terminal. */
export async function runCliOn(input: string | null, ...args: string[]): Promise<CliRun> {
  const out = new TextSink();
  const err = new TextSink();
  const exitCode = await run(args, { out, err, ...(input !== null && { in: Readable.from([input]) }) });
  return { exitCode, out: out.text, err: err.text };
}

/** A command with a person before it, who types nothing: it goes on to watch. */
export function watchCli(...args: string[]) {
  vi.stubEnv("CI", "");
  onTestFinished(() => void vi.unstubAllEnvs());
  const both = new TextSink();
  const input = Object.assign(Readable.from([]), { isTTY: true });
  return {
    exitCode: run(args, { out: both, err: both, in: input }),
    /** On both streams, so far. */
    printed: () => both.text,
  };
}

class TextSink extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
