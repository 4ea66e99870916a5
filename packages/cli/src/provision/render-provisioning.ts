import { printableData, type ProvisionReport } from "@landbridge/core";
import type { makeStyle } from "../streams.ts";

type Style = ReturnType<typeof makeStyle>;

const SENTENCES: Readonly<Record<ProvisionReport["result"], string>> = {
  arrived: "is in AWS",
  "out-of-scope": "is not brought to AWS",
  refused: "was refused",
  awaited: "is on its way",
};

/** For a person: the result, who is left behind and why, what to do. */
export function renderProvisioning(report: ProvisionReport, style: Style): string {
  const { type, name, result, reason, remedy, members, notes } = printableData(report);
  const mark = result === "arrived" ? style("green", "✓") : style("red", "✗");
  const who = `${type === "GROUP" ? "group " : ""}${name}`;
  const withMembers = members === null ? "" : `, with ${members.arrived} of ${members.total} members`;
  const lines = [
    `${mark} ${who} ${SENTENCES[result]}${result === "arrived" ? withMembers : ""}`,
    ...(reason === null ? [] : [`  ${reason}`]),
    ...(members?.leftBehind ?? []).map((left) => `  ${style("yellow", "!")} ${left.name}: ${left.reason}`),
    ...notes.map((note) => `  ${style("cyan", "i")} ${note}`),
    ...(remedy === null ? [] : [`  ${style("dim", "Remedy")} ${remedy}`]),
  ];
  return `${lines.join("\n")}\n`;
}
