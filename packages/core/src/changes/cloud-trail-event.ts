import * as z from "zod";
import type { ForeignChange } from "./hint.ts";

/** Members of any JSON object. */
const Members = z.record(z.string(), z.unknown());

/** The members that are read from an event that CloudTrail delivers; all others are optional. */
export const CloudTrailDetail = z.looseObject({
  eventSource: z.string(),
  eventName: z.string(),
  errorCode: z.string().nullish(),
  readOnly: z.boolean().nullish(),
  userIdentity: z
    .looseObject({
      type: z.string().nullish(),
      arn: z.string().nullish(),
      sessionContext: z
        .looseObject({ sessionIssuer: z.looseObject({ userName: z.string().nullish() }).nullish() })
        .nullish(),
    })
    .nullish(),
  requestParameters: Members.nullish(),
  responseElements: Members.nullish(),
  serviceEventDetails: Members.nullish(),
});
export type CloudTrailDetail = z.infer<typeof CloudTrailDetail>;

const ASSUMED_ROLE = /:assumed-role\/([^/]+)\//;

/** A call that changed something, as a change that somebody made. */
export function changeOf(detail: CloudTrailDetail, accountId: string | null = null): ForeignChange {
  const { userIdentity, eventName } = detail;
  const arn = userIdentity?.arn ?? null;
  const issuer = userIdentity?.sessionContext?.sessionIssuer?.userName ?? null;
  return {
    operation: eventName,
    actor: arn ?? userIdentity?.type ?? "unknown",
    roleName: issuer ?? ASSUMED_ROLE.exec(arn ?? "")?.[1] ?? null,
    accountId,
  };
}

/** The text at a path of members: `textAt(details, "createAccountStatus", "accountId")`; null if there is none. */
export function textAt(members: unknown, ...path: readonly string[]): string | null {
  let value = members;
  for (const member of path) {
    if (typeof value !== "object" || value === null) return null;
    value = (value as Record<string, unknown>)[member];
  }
  return typeof value === "string" && value !== "" ? value : null;
}
