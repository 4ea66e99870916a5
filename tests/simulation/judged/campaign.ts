import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type LocalHost, startLocalHost } from "@landbridge/host/local-host";
import { smallDirectory, smallOrganization } from "../../support/small-company.ts";
import { isSound, live, type Verdict } from "./live.ts";

/**
 * Lives through many seeds, with one process a core, and says what it has seen:
 * `npm run test:campaign -- 1-10000 [processes]`. Exits with 1 when a seed is not sound.
 */
const [range = "1-1000", processes = String(availableParallelism())] = process.argv.slice(2);

await (process.send ? work() : lead());

/** Tells the leader a verdict for each seed that it gets from it. */
async function work(): Promise<void> {
  process.on("message", (seed: number) => {
    void judge(seed).then((verdict) => process.send?.(verdict));
  });
  await new Promise(() => undefined);
}

async function judge(seed: number): Promise<Verdict> {
  let host: LocalHost | undefined;
  const failed = Promise.withResolvers<never>();
  const life = live(seed, async ({ operator, ...options }) => {
    const company = { organization: smallOrganization(), directory: smallDirectory() } as const;
    const started = await startLocalHost({ ...company, speed: "virtual", ...options });
    host = started;
    started.events.listener = {
      emit(code, payload) {
        if (code === "operator-task.opened") operator(started, payload as never).catch(failed.reject);
      },
    };
    return started;
  });
  try {
    return await Promise.race([life, failed.promise]);
  } catch (error) {
    return { seed, violations: [String(error)], differences: [], writes: 0 };
  } finally {
    await host?.close();
  }
}

async function lead(): Promise<void> {
  const [first = 1, last = first] = range.split("-").map(Number);
  const begun = performance.now();
  const unsound: Verdict[] = [];
  let next = first;
  let judged = 0;

  async function employ(): Promise<void> {
    const worker = fork(fileURLToPath(import.meta.url));
    let isDone = false;
    await new Promise<void>((resolve, reject) => {
      worker.on("exit", (code) => (isDone ? resolve() : reject(new Error(`A worker ended with ${code}`))));
      worker.on("message", (verdict: Verdict) => {
        judged += 1;
        if (!isSound(verdict)) {
          unsound.push(verdict);
          process.stdout.write(`${JSON.stringify(verdict)}\n`);
        }
        if (judged % 100 === 0) process.stderr.write(`${progress()}\n`);
        isDone = next > last;
        if (isDone) worker.kill();
        else worker.send(next++);
      });
      worker.send(next++);
    });
  }

  function progress(): string {
    const seconds = (performance.now() - begun) / 1000;
    return `${judged} seeds, ${unsound.length} unsound, ${Math.round(seconds)} s`;
  }

  await Promise.all(Array.from({ length: Number(processes) }, employ));
  process.stdout.write(`Seeds ${range}: ${progress()}\n`);
  process.exitCode = unsound.length === 0 ? 0 : 1;
}
