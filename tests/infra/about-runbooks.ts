import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Synthesis } from "../../infra/synth/synth.ts";
import { resourcesOf, ROOT } from "./synthesis.ts";

export function aboutRunbooks(made: () => Synthesis): void {
  it("has a runbook for each alarm, to which its mail points, and none for alarms that there are not", () => {
    const page = readFileSync(`${ROOT}docs/runbooks.md`, "utf8");
    const [, alarms = ""] = /^## Alarms$(.*?)^## /ms.exec(page) ?? [];
    const sections = [...alarms.matchAll(/^### (.+)$/gm)].map(([, title = ""]) => title);
    const wanted = resourcesOf(made(), "MetricAlarm").map(
      ({ inputs }) => /docs\/runbooks\.md#([\w-]+)$/.exec(String(inputs["alarmDescription"]))?.[1] ?? "",
    );
    expect(sections.toSorted()).toEqual([...new Set(wanted)].toSorted());
  });
}
