import { EXIT, type ExitCode } from "../exit.ts";
import type { FlowEnd } from "../flows/run-flow.ts";
import type { Streams } from "../streams.ts";

/** Says what a run of sync-access has changed. A run that could not do all of it has not done what it was asked for. */
export function tellApplied({ exitCode, report }: FlowEnd, { out }: Pick<Streams, "out">): ExitCode {
  const { assignments } = (report?.output ?? {}) as {
    readonly assignments?: { readonly created: number; readonly deleted: number; readonly failed: number };
  };
  if (!assignments) return exitCode;
  const { created, deleted, failed } = assignments;
  out.write(`Assignments: ${created} created, ${deleted} deleted, ${failed} failed.\n`);
  return failed > 0 ? EXIT.failed : exitCode;
}
