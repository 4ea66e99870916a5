import { Readable, Writable } from "node:stream";
import { run } from "@landbridge/cli/program";

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

class TextSink extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
