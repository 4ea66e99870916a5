import { type EventSink, type FlowEventCode, type FlowEvents, printableData } from "@landbridge/core";
import type { FlowListener } from "@landbridge/host/follow-execution";
import { formatDuration, isInteractive, makeStyle, type Streams } from "../streams.ts";

/** Shows a run as it goes: a line for each state that ended and, on a terminal, one live line for what runs. */
export interface Progress extends FlowListener, EventSink {
  /** A separate line, for text that is neither state nor event. */
  say(text: string): void;
  /** Keeps lines back while a prompt uses the terminal. */
  pause(): void;
  /** Shows what was held back, and continues. */
  resume(): void;
}

export function makeProgress({ err, variables }: Pick<Streams, "err" | "variables">): Progress {
  const style = makeStyle(err, variables);
  const live = isInteractive(err, variables);
  const running = new Map<string, string>();
  /** Without a live line, every tenth of the assignments gets a line. */
  let tenths = 0;

  /** How many times a state ended: flows poll for hours, and not every poll is worth a line. */
  const times = new Map<string, number>();

  /** Lines kept back during a prompt. */
  let keptBack: string[] | null = null;

  function clear(): void {
    if (live && keptBack === null) err.write("\r\u001b[K");
  }
  function draw(): void {
    if (!live || keptBack !== null || running.size === 0) return;
    const line = [...running]
      .map(([state, detail]) => (detail === "" ? state : `${state} ${detail}`))
      .join(" · ");
    err.write(style("dim", `  … ${line}`.slice(0, (err.columns ?? 80) - 1)));
  }
  function redraw(): void {
    clear();
    draw();
  }
  function say(text: string): void {
    if (keptBack !== null) {
      keptBack.push(text);
      return;
    }
    clear();
    err.write(`${text}\n`);
    draw();
  }
  function detail(state: string, text: string): void {
    for (const key of running.keys()) if (key.endsWith(` ${state}`)) running.set(key, text);
    redraw();
  }

  const lines: { [C in FlowEventCode]: (payload: FlowEvents[C]) => void } = {
    "operator-task.opened": ({ title }) => say(`  ${style("cyan", "◆")} Operator task: ${title}`),
    "operator-task.answered": () => undefined,
    "operator-task.reminder": ({ title, openDays, deadline }) =>
      say(`  ${style("yellow", "◆")} Still open after ${openDays} days, until ${deadline}: ${title}`),
    "operator-task.closed": ({ title, status }) =>
      say(`  ${style("red", "◆")} Operator task ${status}: ${title}`),
    "provisioning.observed": ({ status, users, groups }) =>
      detail("WatchInitialCycle", `${status}, ${users} users, ${groups} groups`),
    "scim-token.promoted": ({ expiresAt }) =>
      say(`  ${style("cyan", "◆")} Entra uses the new token; it expires on ${expiresAt.slice(0, 10)}`),
    "plan.made": ({ creates, deletes, unchanged }) =>
      say(
        `  ${style("cyan", "◆")} Plan: ${creates} assignments to create, ${deletes} to delete, ${unchanged} unchanged`,
      ),
    "plan.decided": ({ decision, decidedBy }) =>
      say(`  ${style("cyan", "◆")} Plan ${decision} by ${decidedBy}`),
    "sync.reported": () => undefined,
    "assignments.progressed": ({ done, total, failed }) => {
      const text = `${done}/${total}${failed > 0 ? `, ${failed} failed` : ""}`;
      detail("ApplyAssignments", text);
      const tenth = Math.floor((done * 10) / total);
      if (!live && tenth > tenths) say(`  … ${text} assignments`);
      tenths = tenth;
    },
    "roles.progressed": ({ done, failed }) =>
      detail("ProvisionPermissionSets", `${done} roles${failed > 0 ? `, ${failed} failed` : ""}`),
    "changes.marked": () => undefined,
    "foreign-change.seen": ({ operation, actor, accountId }) =>
      say(
        `  ${style("yellow", "!")} Changed by hand: ${operation}${accountId === null ? "" : ` in account ${accountId}`}, by ${actor}`,
      ),
    "event.not-understood": ({ source, detailType, reason }) =>
      say(`  ${style("yellow", "!")} An event is not understood: ${source}, ${detailType}: ${reason}`),
    "scim-token.expiry-announced": () =>
      say(`  ${style("yellow", "!")} AWS announces that a SCIM token is about to expire`),
    "subscription.kept": () => undefined,
    "api.called": () => undefined,
    "api.refused": () => undefined,
    "health.checked": ({ critical, warning, notice }) =>
      say(`  ${style("cyan", "◆")} Health: ${critical} critical, ${warning} warnings, ${notice} notices`),
    "warning.raised": ({ message }) => say(`  ${style("yellow", "!")} ${message}`),
  };

  return {
    say,
    pause() {
      clear();
      keptBack ??= [];
    },
    resume() {
      const lines = keptBack ?? [];
      keptBack = null;
      for (const line of lines) say(line);
    },
    emit: (code, payload) => lines[code](printableData(payload)),
    stateEntered(flow, state) {
      running.set(`${flow} ${state}`, "");
      redraw();
    },
    stateEnded(flow, { name, status, durationMs }) {
      running.delete(`${flow} ${name}`);
      const count = (times.get(`${flow} ${name}`) ?? 0) + 1;
      times.set(`${flow} ${name}`, count);
      // The first, second, fourth, eighth … time.
      if (status === "SUCCEEDED" && !Number.isInteger(Math.log2(count))) return redraw();
      const often = count === 1 ? "" : `, ${count} times`;
      const mark = status === "SUCCEEDED" ? style("green", "✓") : style("red", "✗");
      say(
        `  ${mark} ${flow} ${style("bold", name)} ${style("dim", `${formatDuration(durationMs)}${often}`)}`,
      );
    },
    flowEnded({ name, status }) {
      say(
        `  ${status === "SUCCEEDED" ? style("green", "✓") : style("red", "✗")} ${style("bold", name)} ${status}`,
      );
    },
  };
}
