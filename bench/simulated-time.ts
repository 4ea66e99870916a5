import { type OperatorTaskOpened, startLocalHost } from "@landbridge/host/local-host";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { SMALL_POLICY, smallDirectory, smallOrganization } from "../tests/support/small-company.ts";
import { atLeast, type Measurement } from "./measurement.ts";

const DAYS = 30;
const DAY = 86_400_000;
const QUIET = { stateEntered() {}, stateEnded() {}, flowEnded() {} };

/** The simulated time per minute of CPU: a small company, connected, on a virtual clock. */
export async function simulatedTime(): Promise<Measurement[]> {
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
  async function flow(name: "connect" | "sync-access"): Promise<void> {
    const [report] = await host.run(name, {}, QUIET);
    if (report?.status !== "SUCCEEDED") throw new Error(`${name}: ${report?.error} ${report?.cause}`);
  }
  async function hoursPerCpuMinute(work: () => Promise<void>): Promise<number> {
    const start = host.deps.clock.now();
    const cpu = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(cpu);
    return (host.deps.clock.now() - start) / 3_600_000 / ((user + system) / 60_000_000);
  }
  try {
    await flow("connect");
    const idle = await hoursPerCpuMinute(() => host.deps.clock.sleep(DAYS * DAY));
    const daily = await hoursPerCpuMinute(async () => {
      for (let day = 0; day < DAYS; day += 1) {
        await host.deps.clock.sleep(DAY);
        await flow("sync-access");
      }
    });
    const unit = "simulated h / CPU min";
    return [
      atLeast({ name: "provisioning cycles only", value: idle, unit, limit: 1000 }),
      atLeast({ name: "cycles and daily syncs", value: daily, unit, limit: 1000 }),
    ];
  } finally {
    await host.close();
  }
}
