import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const MAIN = fileURLToPath(new URL("../../../packages/cli/src/main.ts", import.meta.url));

/** The command line in a separate process, with a person who reads its output and types. */
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

  /** Reads until the text appears, and consumes everything before it. @returns the match */
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
