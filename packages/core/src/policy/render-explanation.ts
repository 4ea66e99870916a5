import { printable } from "../plan/printable.ts";
import type { AccessExplanation, ExplainedAccess } from "./explain-access.ts";

/** The explanation as plain text, a line each access. Ends without a newline. */
export function renderExplanation({ user, access, expired, unexplained }: AccessExplanation): string {
  const disabled = user.accountEnabled ? "" : " (disabled in Entra: cannot sign in)";
  const sections = [
    [`${user.userPrincipalName}${disabled} has ${access.length} access(es) by the policy`],
    section("By the policy", access.map(accessLine)),
    section("Expired", expired.map(accessLine)),
    section(
      "On the instance, by no rule",
      unexplained.map(
        ({ accountId, permissionSet, principal }) => `${accountId}  ${permissionSet}  ${principal.name}`,
      ),
    ),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(printable).join("\n"))
    .join("\n\n");
}

function accessLine({ isInForce, ...access }: ExplainedAccess): string {
  const { accountName, accountId, permissionSet, through, reason } = access;
  const way = through.length === 0 ? "by name" : `through ${through.join(" > ")}`;
  const why = reason.where === null ? reason.text : `${reason.text} (${reason.where})`;
  const missing = isInForce === false ? "  not in force yet" : "";
  return `${accountName} (${accountId})  ${permissionSet}  ${way}  ${why}${missing}`;
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
}
