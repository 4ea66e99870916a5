import { ERRORS, type ErrorName } from "@landbridge/core";
import type { Sandbox } from "@landbridge/sandbox";
import Table from "cli-table3";
import type { DemoFailure, DemoResult } from "./demo-result.ts";

/** The summary for people. */
export function renderResult(result: DemoResult, sandbox: Pick<Sandbox, "assignments">): string {
  const { assignments, provisioned, connection } = result;
  const lines = [
    "",
    "Access that now exists",
    accessTable(sandbox),
    `Assignments   ${assignments.desired} desired, ${assignments.created} created, ${assignments.deleted} deleted, ${assignments.failed} failed`,
    `Provisioned   ${provisioned.users} users, ${provisioned.groups} groups`,
    `API calls     ${callTotals(result)}`,
    `Sign in at    ${connection.portalUrl ?? "-"}`,
    `SCIM token    expires ${day(connection.tokenExpiresAt)}`,
    `Certificate   expires ${day(connection.certificateExpiresAt)}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** What failed, where, and what to do. */
export function renderFailure({ flow, state, error, message }: DemoFailure): string {
  const where = state === null ? flow : `${flow}, state ${state}`;
  const known = Object.hasOwn(ERRORS, error) ? ERRORS[error as ErrorName] : ERRORS.Unexpected;
  return `\n${error} in ${where}\n  ${message}\n  What to do: ${known.mend}\n`;
}

interface Row {
  readonly principal: string;
  readonly permissionSet: string;
  readonly accounts: number;
}

function accessTable(sandbox: Pick<Sandbox, "assignments">): string {
  const rows = new Map<string, Row>();
  for (const { principalName, permissionSet } of sandbox.assignments()) {
    const key = `${principalName}\n${permissionSet}`;
    const accounts = (rows.get(key)?.accounts ?? 0) + 1;
    rows.set(key, { principal: principalName, permissionSet, accounts });
  }
  const sorted = [...rows.values()].toSorted(
    (a, b) => a.principal.localeCompare(b.principal) || a.permissionSet.localeCompare(b.permissionSet),
  );
  const table = new Table({
    head: ["Group or user", "Permission set", "Accounts"],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right"],
  });
  table.push(...sorted.map(({ principal, permissionSet, accounts }) => [principal, permissionSet, accounts]));
  return table.toString();
}

function callTotals({ calls }: DemoResult): string {
  return Object.entries(calls)
    .map(([service, operations]) => `${service} ${Object.values(operations).reduce((sum, n) => sum + n, 0)}`)
    .join(", ");
}

function day(iso: string | null): string {
  return iso?.slice(0, 10) ?? "-";
}
