import type { Kernel } from "../kernel/kernel.ts";

/** An event that a simulated AWS service puts on the event bus of its account and Region. */
export interface ServiceEvent {
  readonly source: string;
  readonly "detail-type": string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly resources?: readonly string[];
  /** Where it happened; absent: the bus's own Region. */
  readonly region?: string;
}

/** Puts an event on the bus, later. */
export type Publish = (event: ServiceEvent, meanDelayMilliseconds: number) => void;

/** Native events and those of S3 come within a moment. */
export const PROMPT_MILLISECONDS = 1_000;
/** CloudTrail's come "typically" within minutes; how soon EventBridge has them is not published. */
export const TRAIL_MILLISECONDS = 20_000;

/** Waits on the sandbox's clock before an event goes out, so that none arrives in the moment of its cause. */
export function makePublish(
  { clock, random }: Kernel,
  emit: (event: ServiceEvent) => void,
  signal: AbortSignal,
): Publish {
  const delays = random.fork();

  async function publishLater(event: ServiceEvent, delayMilliseconds: number): Promise<void> {
    await clock.sleep(delayMilliseconds, signal);
    if (!signal.aborted) emit(event);
  }

  return (event, meanDelayMilliseconds) => {
    void publishLater(event, delays.latency(meanDelayMilliseconds));
  };
}
