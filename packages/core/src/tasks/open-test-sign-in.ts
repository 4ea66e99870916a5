import { portalUrl } from "../connect/connection.ts";
import { findExampleUsers } from "../connect/find-example-users.ts";
import type { Instance } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";
import { readDirectory } from "../policy/read-directory.ts";
import type { Settings } from "../settings.ts";
import { loadPolicy } from "../sync-access/load-policy.ts";
import { openTask } from "./open-task.ts";
import type { WaitingState } from "./operator-task.ts";

type Needs = Pick<
  Ports,
  "objects" | "directory" | "identityStore" | "records" | "sealer" | "clock" | "events" | "newId"
>;

/** Asks for a test sign-in and names people who can do it. */
export async function openTestSignIn(
  { identityStoreId }: Instance,
  waiting: WaitingState,
  { settings, ...ports }: Needs & { readonly settings: Pick<Settings, "policyKey"> },
): Promise<{ taskId: string }> {
  const policy = await loadPolicy(settings, ports);
  const directory = await readDirectory(policy, ports);
  const users = await ports.identityStore.listUsers(identityStoreId);
  const examples = findExampleUsers(policy, directory, new Set(users.map(({ externalId }) => externalId)));
  return openTask({ kind: "test-sign-in", portalUrl: portalUrl(identityStoreId), examples }, waiting, ports);
}
