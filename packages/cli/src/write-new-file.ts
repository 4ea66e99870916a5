import { writeFile } from "node:fs/promises";
import { UsageError } from "./exit.ts";

/** @throws {UsageError} rather than lose what somebody has written, unless `force` */
export async function writeNewFile(file: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new UsageError(`${file} already exists; name another file or pass --force`);
    throw new UsageError(`${file}: cannot be written (${code ?? String(error)})`);
  }
}
