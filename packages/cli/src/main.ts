#!/usr/bin/env node
import { run } from "./program.ts";

for (const stream of [process.stdout, process.stderr]) {
  // A closed pipe (`| head`) is how readers say that they have seen enough.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), { out: process.stdout, err: process.stderr });
