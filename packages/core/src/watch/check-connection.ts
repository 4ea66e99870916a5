import { readConnection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import { dayOf } from "./expiry.ts";
import { finding } from "./findings.ts";
import { checked, type Inspection } from "./inspection.ts";

/** Whether connect has finished for the current instance. */
export async function checkConnection({
  records,
  identityCenter,
}: Pick<Ports, "records" | "identityCenter">): Promise<Inspection> {
  const { connectedAt, identityStoreId } = await readConnection(records);
  const instance = await identityCenter.readInstance();
  if (identityStoreId !== undefined && identityStoreId !== instance.identityStoreId) {
    const what = `The connection is with ${identityStoreId}; the instance's identity store is ${instance.identityStoreId}.`;
    return checked("of another instance", { findings: [finding("InstanceReplaced", what)] });
  }
  if (connectedAt !== undefined) return checked(`since ${dayOf(connectedAt)}`);
  const begun = identityStoreId !== undefined;
  const what = begun ? "connect has started but not finished." : "connect has never been run.";
  return checked(begun ? "begun" : "not connected", { findings: [finding("NotConnected", what)] });
}
