import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { openTask } from "../tasks/open-task.ts";
import type { WaitingState } from "../tasks/operator-task.ts";
import type { RotationCause } from "./rotation-cause.ts";
import { readTokens } from "./tokens.ts";

type Needs = Pick<Ports, "records" | "sealer" | "clock" | "events" | "newId"> & {
  readonly settings: Pick<Settings, "region">;
};

/** Asks the operator for a new token. */
export async function openNewTokenTask(cause: RotationCause, waiting: WaitingState, ports: Needs) {
  const { identityStoreId, current, former } = await readTokens(ports);
  const { endpoint, secret, expiresAt } = current;
  const subject = {
    kind: "new-scim-token",
    region: ports.settings.region,
    identityStoreId,
    endpoint,
    inUse: { secret, expiresAt },
    formerExpiresAt: former?.expiresAt ?? null,
    ...cause,
  } as const;
  return openTask(subject, waiting, ports);
}
