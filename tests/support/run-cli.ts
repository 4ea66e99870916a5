import { Writable } from "node:stream";
import { run } from "@landbridge/cli/program";

export interface CliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** One command line in this process, its streams as text. */
export async function runCli(...args: string[]): Promise<CliRun> {
  const out = new TextSink();
  const err = new TextSink();
  const exitCode = await run(args, { out, err });
  return { exitCode, out: out.text, err: err.text };
}

class TextSink extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
