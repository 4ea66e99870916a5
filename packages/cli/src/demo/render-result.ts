import { printable } from "@landbridge/core";
import Table from "cli-table3";
import type { DemoResult } from "./demo-result.ts";
import type { GrantedAccess } from "./granted-access.ts";

/** The summary for people. */
export function renderResult(result: DemoResult, access: readonly GrantedAccess[]): string {
  const { assignments, provisioned, connection } = result;
  const lines = [
    "",
    "Access that now exists",
    accessTable(access),
    `Assignments   ${assignments.desired} desired, ${assignments.created} created, ${assignments.deleted} deleted, ${assignments.failed} failed`,
    `Provisioned   ${provisioned.users} users, ${provisioned.groups} groups`,
    `API calls     ${callTotals(result)}`,
    `Sign in at    ${connection.portalUrl ?? "-"}`,
    `SCIM token    expires ${day(connection.tokenExpiresAt)}`,
    `Certificate   expires ${day(connection.certificateExpiresAt)}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** One row a principal: its permission sets, each with the number of accounts. */
function accessTable(access: readonly GrantedAccess[]): string {
  const rows = new Map<string, string[]>();
  for (const { principal, permissionSet, accounts } of access) {
    rows.set(principal, [...(rows.get(principal) ?? []), `${permissionSet} in ${accounts}`]);
  }
  const table = new Table({
    head: ["Group or user", "Permission sets, each in so many accounts"],
    style: { head: [], border: [] },
    chars: COMPACT,
  });
  table.push(...[...rows].map(([principal, sets]) => [printable(principal), printable(sets.join(", "))]));
  return table.toString();
}

/** No lines between rows. */
const COMPACT = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

function callTotals({ calls }: DemoResult): string {
  return Object.entries(calls)
    .map(([service, operations]) => `${service} ${Object.values(operations).reduce((sum, n) => sum + n, 0)}`)
    .join(", ");
}

function day(iso: string | null): string {
  return iso?.slice(0, 10) ?? "-";
}
