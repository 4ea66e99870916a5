import { Readable, Writable } from "node:stream";
import { run } from "@landbridge/cli/program";
import type { LocalHost } from "@landbridge/host/local-host";

export interface CliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** The environment of a command line. */
type Variables = Readonly<Record<string, string | undefined>>;

/** One command line in this process, its streams as text, with an empty environment: for commands that need no account. */
export function runCli(...args: string[]): Promise<CliRun> {
  return cliOf({ variables: {} }).run(...args);
}

/** Command lines in this process, in an environment that leads to the host, as that of another terminal would. */
export function cliOf({ variables }: Pick<LocalHost, "variables"> | { readonly variables: Variables }) {
  async function runOn(input: Readable | null, args: readonly string[]): Promise<CliRun> {
    const out = new TextSink();
    const err = new TextSink();
    const exitCode = await run(args, { variables, out, err, ...(input && { in: input }) });
    return { exitCode, out: out.text, err: err.text };
  }
  return {
    run: (...args: string[]) => runOn(null, args),
    /** With something on its standard input, which is no terminal. */
    runOn: (input: string, ...args: string[]) => runOn(Readable.from([input]), args),
    /** With a person at the terminal who types nothing: it continues to watch. */
    watch(...args: string[]) {
      const both = new TextSink();
      const input = Object.assign(Readable.from([]), { isTTY: true });
      return {
        exitCode: run(args, { variables, out: both, err: both, in: input }),
        /** On both streams, so far. */
        printed: () => both.text,
      };
    },
  };
}

class TextSink extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
