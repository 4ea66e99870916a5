#!/usr/bin/env node
import { EXIT } from "./exit.ts";
import { run } from "./program.ts";

for (const stream of [process.stdout, process.stderr]) {
  // A closed pipe (`| head`) is how readers say that they have seen enough.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

const streams = {
  in: process.stdin,
  out: process.stdout,
  err: process.stderr,
  variables: process.env,
};
process.exitCode = await run(process.argv.slice(2), streams);
// A person who stops a run does not wait for its pending work.
if (process.exitCode === EXIT.stopped) setTimeout(() => process.exit(), 200).unref();
