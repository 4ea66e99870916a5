import { Escrows } from "./escrows.ts";
import { isSameTrace } from "./directory-trace.ts";
import type { Links } from "./links.ts";
import type { RestartScope } from "./restart-scope.ts";

/** What a job knows from one cycle to the next. */
export class JobMemory {
  readonly links: Links = new Map();
  readonly escrows = new Escrows();
  #trace: readonly unknown[] | null = null;

  /** After a cycle that has carried over everything that the trace of the directory stands for. */
  remember(trace: readonly unknown[]): void {
    this.#trace = trace;
  }

  /** The next cycle looks at everything. */
  forgetTrace(): void {
    this.#trace = null;
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
      else this.escrows.retryAll();
    } else if (escrows) this.escrows.stopRetrying();
    if (connectorDataStore) this.links.clear();
  }
}
