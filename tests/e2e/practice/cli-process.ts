import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const MAIN = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));

/** The command line in a process of its own, with a person who reads what it says and types. */
export class CliProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<unknown[]>;
  #read = 0;
  /** Everything on both streams so far. */
  output = "";

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, CI: "1" } });
    this.#ended = once(this.#child, "close");
    onTestFinished(() => void this.#child.kill("SIGKILL"));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
        this.#child.emit("output");
      });
    }
  }

  /** Reads on until the text stands there; what came before it is read then. @returns the match */
  async until(text: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = text.exec(this.output.slice(this.#read));
      if (match !== null) {
        this.#read += match.index + match[0].length;
        return match;
      }
      const event = await Promise.race([once(this.#child, "output"), this.#ended.then(() => "ended")]);
      if (event === "ended" && !text.test(this.output.slice(this.#read))) {
        throw new Error(`The process ended without ${text}:\n${this.output}`);
      }
    }
  }

  type(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  async exitCode(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }
}
