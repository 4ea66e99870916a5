import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { recordRunStart, startRun } from "../provenance/run-start.ts";
import type { Settings } from "../settings.ts";
import { listDirty, markDirty } from "./dirty-set.ts";
import { drainOf } from "./drain-window.ts";
import type { Hint, Reading, StartedRun } from "./hint.ts";
import { readEvent } from "./read-event.ts";

interface DrainingPorts extends Pick<Ports, "records" | "clock"> {
  readonly executions: Pick<Ports["executions"], "start">;
}

export interface MarkingPorts extends DrainingPorts, Pick<Ports, "events" | "newId"> {}

/**
 * Marks what an event says may have changed, and makes sure that a drain handles it. Reports manual changes by others;
 * ignores Landbridge's own calls.
 * @throws {FlowError} EventNotUnderstood
 */
export async function markChanges(
  event: unknown,
  { settings, ...ports }: MarkingPorts & { readonly settings: Pick<Settings, "policyKey" | "ownRolePrefix"> },
): Promise<{ marks: number }> {
  const reading = tryToRead(event, settings, ports);
  const { change, scimTokenExpiry } = reading;
  if (scimTokenExpiry !== undefined) {
    ports.events.emit("scim-token.expiry-announced", { eventTypeCode: scimTokenExpiry });
  }
  if (reading.start) await noteStart(reading.start, settings, ports);
  if (change?.roleName?.startsWith(settings.ownRolePrefix)) return { marks: 0 };
  if (change) {
    const { operation, actor, accountId } = change;
    ports.events.emit("foreign-change.seen", { operation, actor, accountId });
  }
  return { marks: await markAndDrain(reading.hints, causeOf(event), ports) };
}

/** Marks and starts the drain of this window. @returns how many marks were made */
export async function markAndDrain(
  hints: readonly Hint[],
  cause: string,
  ports: MarkingPorts,
): Promise<number> {
  if (hints.length === 0) return 0;
  const marks = await mark(hints, cause, ports);
  await startDrain(ports);
  return marks;
}

/** Only marks: the caller starts the drain when it may begin. @returns how many marks were made */
export async function mark(hints: readonly Hint[], cause: string, ports: MarkingPorts): Promise<number> {
  const marks = await markDirty(hints, ports);
  ports.events.emit("changes.marked", { marks, cause });
  return marks.length;
}

/** Starts a drain for marks that have waited so far. Without marks, nothing happens. */
export async function drainWhatWaits(ports: DrainingPorts): Promise<void> {
  if ((await listDirty(ports)).length > 0) await startDrain(ports);
}

/** After the mark: so that the drain, which claims when the window is over, sees it. */
async function startDrain(ports: DrainingPorts): Promise<void> {
  const { name, input } = drainOf(ports.clock.now());
  const byEvents = { machines: ["events"] };
  try {
    await startRun({ flow: "drain-changes", input, name }, byEvents, ports);
  } catch (error) {
    // It has run and ended already: this process was held up since it read the clock. The next window's will do.
    if (!isFlowError(error, "ExecutionConflict")) throw error;
    const next = drainOf(Date.parse(input.claimAt));
    await startRun({ flow: "drain-changes", input: next.input, name: next.name }, byEvents, ports);
  }
}

/** Roles of the deployment that start flows by themselves: state machines, schedules, rules. Its functions note it themselves. */
const STARTING_ROLES = ["flow-", "schedule-", "rule-"];

async function noteStart(
  { executionArn, identity, roleName }: StartedRun,
  { ownRolePrefix }: Pick<Settings, "ownRolePrefix">,
  ports: Pick<Ports, "records" | "clock">,
): Promise<void> {
  if (identity === null) return;
  if (!roleName?.startsWith(ownRolePrefix))
    return recordRunStart(executionArn, { people: [identity] }, ports);
  const isStarter = STARTING_ROLES.some((kind) => roleName.startsWith(ownRolePrefix + kind));
  if (isStarter) await recordRunStart(executionArn, { machines: [roleName] }, ports);
}

function tryToRead(
  event: unknown,
  settings: Pick<Settings, "policyKey">,
  { events }: Pick<Ports, "events">,
): Reading {
  try {
    return readEvent(event, settings);
  } catch (error) {
    if (isFlowError(error, "EventNotUnderstood")) {
      const [source = "unknown", detailType = "unknown"] = namesOf(event);
      events.emit("event.not-understood", { source, detailType, reason: error.message });
    }
    throw error;
  }
}

function causeOf(event: unknown): string {
  return namesOf(event).join(", ");
}

function namesOf(event: unknown): string[] {
  const { source, "detail-type": detailType } = (event ?? {}) as Record<string, unknown>;
  return [source, detailType].filter((name) => typeof name === "string");
}
