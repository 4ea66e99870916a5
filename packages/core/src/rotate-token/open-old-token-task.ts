import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { openTask } from "../tasks/open-task.ts";
import type { WaitingState } from "../tasks/operator-task.ts";
import type { RotationCause } from "./rotation-cause.ts";
import { readTokens } from "./tokens.ts";

/** Asks the operator to delete the token that was in use before. */
export async function openOldTokenTask(
  { reason }: Pick<RotationCause, "reason">,
  waiting: WaitingState,
  ports: Pick<Ports, "records" | "sealer" | "clock" | "events" | "newId"> & {
    readonly settings: Pick<Settings, "region">;
  },
) {
  const { identityStoreId, current, former } = await readTokens(ports);
  if (former === null) throw new FlowError("ConflictingOperation", "The old token is already deleted");
  const subject = {
    kind: "old-token-deletion",
    region: ports.settings.region,
    identityStoreId,
    endpoint: current.endpoint,
    inUse: { secret: current.secret, expiresAt: current.expiresAt },
    old: { secret: former.secret, expiresAt: former.expiresAt },
    leaked: reason === "leak",
  } as const;
  return openTask(subject, waiting, ports);
}
