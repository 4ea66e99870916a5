import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { venvCommand } from "./install.ts";

const START_SECONDS = 60;

/**
 * Runs moto's server at a free port of this machine only while `use` runs. Its log is next to it.
 * @throws {Error} when it does not come up
 */
export async function withMotoServer<T>(folder: string, use: (endpoint: string) => Promise<T>): Promise<T> {
  const port = await freePort();
  const log = join(folder, "server.log");
  const file = openSync(log, "w");
  const server = spawn(venvCommand(folder, "moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", file, file],
  });
  const stop = () => server.kill();
  process.once("exit", stop).once("SIGINT", stopAndExit).once("SIGTERM", stopAndExit);
  const ended = once(server, "exit").then(([code]) => {
    throw new Error(`moto's server ended with ${String(code)}; it says why in ${log}`);
  });
  try {
    const endpoint = `http://127.0.0.1:${port}`;
    return await Promise.race([ended, untilAnswers(endpoint, log).then(() => use(endpoint))]);
  } finally {
    ended.catch(() => undefined);
    stop();
    process.off("exit", stop).off("SIGINT", stopAndExit).off("SIGTERM", stopAndExit);
  }
}

async function untilAnswers(endpoint: string, log: string): Promise<void> {
  const signal = AbortSignal.timeout(START_SECONDS * 1000);
  while (!signal.aborted) {
    const answer = await fetch(`${endpoint}/moto-api/`, { signal }).catch(() => null);
    if (answer?.ok) return;
    await setTimeout(250);
  }
  throw new Error(`moto's server does not answer after ${START_SECONDS} seconds; see ${log}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Ends the process in the way that runs its exit handlers. */
function stopAndExit(): void {
  process.exit(1);
}
