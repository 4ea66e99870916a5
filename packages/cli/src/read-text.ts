import { readFile } from "node:fs/promises";
import { UsageError } from "./exit.ts";

/** A file that the command line names. @throws {UsageError} naming the file, and why it cannot be read */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(`${file}: no such file`);
    throw new UsageError(`${file}: cannot be read (${code ?? String(error)})`);
  }
}
