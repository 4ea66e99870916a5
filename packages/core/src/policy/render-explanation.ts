import { printable } from "../text/printable.ts";
import type { AccessExplanation, ExplainedAccess } from "./explain-access.ts";

/** The explanation as plain text, a line each access. Ends without a newline. */
export function renderExplanation({
  user,
  access,
  expired,
  leftOut,
  unexplained,
}: AccessExplanation): string {
  const disabled = user.accountEnabled ? "" : " (disabled in Entra: cannot sign in)";
  const granted = new Set(access.map(placeOf));
  const sections = [
    [`${user.userPrincipalName}${disabled} ${summary(access)}`],
    section("By the policy", access.map(accessCells)),
    section("Expired", expired.map(accessCells)),
    section(
      "Left out by an exception",
      leftOut.map((left) => [
        ...accessCells({ ...left, isInForce: null }),
        granted.has(placeOf(left)) ? "granted anyway, see above" : "",
      ]),
    ),
    section(
      "On the instance, by no rule",
      unexplained.map(({ accountId, permissionSet, principal }) => [
        accountId,
        permissionSet,
        principal.type === "USER" ? "assigned by name" : `through ${principal.name}`,
      ]),
    ),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function summary(access: readonly ExplainedAccess[]): string {
  if (access.length === 0)
    return "has no access by the policy: no rule names this user or a group with the user as a direct member";
  const places = new Set(access.map(placeOf)).size;
  const accounts = new Set(access.map(({ accountId }) => accountId)).size;
  return `can assume ${count(places, "role")} in ${count(accounts, "account")} by the policy`;
}

function placeOf({ accountId, permissionSet }: ExplainedAccess): string {
  return `${accountId}/${permissionSet}`;
}

function accessCells({ isInForce, ...access }: ExplainedAccess): string[] {
  const { accountName, accountId, permissionSet, through, reason } = access;
  const way = through.length === 0 ? "by name" : `through ${through.join(" > ")}`;
  const why = reason.where === null ? reason.text : `${reason.text} (${reason.where})`;
  return [
    `${accountName} (${accountId})`,
    permissionSet,
    way,
    why,
    ...(isInForce === false ? ["not in force yet"] : []),
  ];
}

/** In columns as wide as their contents. */
function section(heading: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => row.filter((cell) => cell !== "").map(printable));
  const widths = cells.reduce<number[]>((widest, row) => {
    row.forEach((cell, column) => {
      widest[column] = Math.max(widest[column] ?? 0, cell.length);
    });
    return widest;
  }, []);
  const lines = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return [heading, ...lines.map((line) => `  ${line.trimEnd()}`)];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
