import { Escrows } from "./escrows.ts";
import { isSameTrace } from "./directory-trace.ts";
import type { Links } from "./links.ts";
import type { RestartScope } from "./restart-scope.ts";

/** What a job remembers from one cycle to the next. */
export class JobMemory {
  readonly links: Links = new Map();
  readonly escrows = new Escrows();
  #trace: readonly unknown[] | null = null;
  #passes = 0;

  /** Makes the next cycle process everything. @returns the number of a pass that begins now */
  forgetTrace(): number {
    this.#trace = null;
    this.#passes += 1;
    return this.#passes;
  }

  /** Called after a pass that has pushed everything in the trace, unless something has interfered since it began. */
  remember(trace: readonly unknown[], pass: number): void {
    if (pass === this.#passes) this.#trace = trace;
  }

  /** Whether a cycle has nothing to do. @param now milliseconds since the epoch */
  isUpToDate(trace: readonly unknown[], now: number): boolean {
    return isSameTrace(this.#trace, trace) && !this.escrows.isAnyDue(now);
  }

  reset({ watermark, escrows, connectorDataStore }: RestartScope): void {
    this.forgetTrace();
    if (watermark) {
      for (const link of this.links.values()) this.links.set(link.objectId, { ...link, confirmed: false });
      if (escrows) this.escrows.clear();
      else this.escrows.retryAll({ evenGivenUp: true });
    } else if (escrows) this.escrows.stopRetrying();
    if (connectorDataStore) this.links.clear();
  }
}
