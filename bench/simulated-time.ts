/**
 * How much simulated time a minute of CPU buys: a small company, connected, on a virtual clock. Usage: npm run bench
 */
import { type OperatorTaskOpened, startLocalHost } from "@landbridge/cli/local-host";
import { answerAsOperator } from "@landbridge/cli/scripted-operator";
import { SMALL_POLICY, smallDirectory, smallOrganization } from "../tests/support/small-company.ts";

const DAYS = 30;
const DAY = 86_400_000;
const QUIET = { stateEntered() {}, stateEnded() {}, flowEnded() {} };

const host = await startLocalHost({
  organization: smallOrganization(),
  directory: smallDirectory(),
  policy: SMALL_POLICY,
  speed: "virtual",
});
host.events.listener = {
  emit(code, payload) {
    if (code === "operator-task.opened") void answerAsOperator(host, payload as OperatorTaskOpened);
  },
};

async function measure(name: string, work: () => Promise<void>): Promise<void> {
  const { clock } = host.deps;
  const simulated = clock.now();
  const calls = host.sandbox.calls.calls.length;
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const cpuMinutes = (user + system) / 60_000_000;
  const hours = (clock.now() - simulated) / 3_600_000;
  console.log(
    `${name.padEnd(46)} ${hours.toFixed(2).padStart(8)} h  ${(cpuMinutes * 60).toFixed(2).padStart(6)} s CPU` +
      `  ${String(host.sandbox.calls.calls.length - calls).padStart(6)} calls` +
      `  ${Math.round(hours / cpuMinutes)
        .toLocaleString("en")
        .padStart(9)} h per CPU-minute`,
  );
}

async function flow(name: "connect" | "sync-access"): Promise<void> {
  const [report] = await host.run(name, {}, QUIET);
  if (report?.status !== "SUCCEEDED") throw new Error(`${name}: ${report?.error} ${report?.cause}`);
}

await measure("connect, operator tasks included", () => flow("connect"));
await measure(`${DAYS} days of provisioning cycles`, () => host.deps.clock.sleep(DAYS * DAY));
await measure(`${DAYS} days of cycles and daily syncs`, async () => {
  for (let day = 0; day < DAYS; day += 1) {
    await host.deps.clock.sleep(DAY);
    await flow("sync-access");
  }
});
await host.close();
