import { printable, type SyncReport } from "@landbridge/core";
import { EXIT, type ExitCode, HELD } from "../exit.ts";
import type { FlowEnd } from "../flows/run-flow.ts";
import { LANDBRIDGE } from "../program-name.ts";
import type { Streams } from "../streams.ts";

/** Reports what a run of sync-access has changed, and why not everything. An incomplete run counts as failed. */
export function tellApplied({ exitCode, report }: FlowEnd, { out }: Pick<Streams, "out">): ExitCode {
  const { assignments, roles, result, hold } = (report?.output ?? {}) as Partial<SyncReport>;
  if (!assignments) return exitCode;
  const { created, deleted, failed } = assignments;
  out.write(`Assignments: ${created} created, ${deleted} deleted, ${failed} failed.\n`);
  if (roles && roles.provisioned + roles.failed > 0)
    out.write(`Roles: ${roles.provisioned} brought up to date, ${roles.failed} failed.\n`);
  if (result === "held" || result === "superseded") {
    const task = hold?.taskId ? `  ${LANDBRIDGE} tasks show ${hold.taskId}` : `  ${LANDBRIDGE} tasks`;
    out.write(`The plan is ${result}. ${printable(hold?.because ?? "")}.\n${task}\n`);
    return HELD;
  }
  return failed + (roles?.failed ?? 0) > 0 ? EXIT.failed : exitCode;
}
