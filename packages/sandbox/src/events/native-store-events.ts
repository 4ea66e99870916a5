import type { StoreChange } from "../identity-store/state.ts";
import { PROMPT_MILLISECONDS, type Publish } from "./service-event.ts";

/**
 * Native events of the identity store. The envelope is documented; the ARNs in `resources` are ours, and `detail` is empty as
 * on AWS's page. The names of membership events are unknown: none is sent.
 */
export function tellOfStore(
  identityStoreId: string,
  accountId: string,
  publish: Publish,
): (change: StoreChange) => void {
  return ({ type, id, what }) => {
    publish(
      {
        source: "aws.identitystore",
        "detail-type": `${type} ${what}`,
        resources: [
          `arn:aws:identitystore::${accountId}:identitystore/${identityStoreId}`,
          `arn:aws:identitystore:::${type.toLowerCase()}/${id}`,
        ],
        detail: { "event-version": "1" },
      },
      PROMPT_MILLISECONDS,
    );
  };
}
