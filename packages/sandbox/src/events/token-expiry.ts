import type { Kernel } from "../kernel/kernel.ts";
import type { ScimToken } from "../scim/state.ts";
import { PROMPT_MILLISECONDS, type Publish } from "./service-event.ts";

const DAY = 86_400_000;
const CODE = "AWS_IAMIDENTITYCENTER_SCIM_BEARER_TOKEN_EXPIRY_NOTIFICATION";

/** Days before the end of a token: weekly at first, daily at last ("Provisioning … using SCIM"). */
const ANNOUNCED = [
  90,
  83,
  76,
  69,
  62,
  58,
  55,
  51,
  48,
  44,
  41,
  37,
  34,
  30,
  28,
  25,
  23,
  21,
  18,
  16,
  ...daily(14),
];

function daily(from: number): number[] {
  return Array.from({ length: from }, (_, index) => from - index);
}

/** AWS Health announces the end of every token that is not deleted before. */
export async function announceExpiry(
  token: ScimToken,
  { clock, region }: Kernel,
  {
    publish,
    isInUse,
    signal,
  }: { readonly publish: Publish; readonly isInUse: () => boolean; readonly signal: AbortSignal },
): Promise<void> {
  for (const days of ANNOUNCED) {
    await clock.sleep(token.expiresAt - days * DAY - clock.now(), signal);
    if (signal.aborted || !isInUse()) return;
    publish(
      {
        source: "aws.health",
        "detail-type": "AWS Health Event",
        detail: {
          eventArn: `arn:aws:health:${region}::event/IAMIDENTITYCENTER/${CODE}/${CODE}_${token.id}`,
          service: "IAMIDENTITYCENTER",
          eventTypeCode: CODE,
          eventTypeCategory: "accountNotification",
          statusCode: "open",
          backupEvent: "false",
        },
      },
      PROMPT_MILLISECONDS,
    );
  }
}
