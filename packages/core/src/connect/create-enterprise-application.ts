import { FlowError, isFlowError } from "../errors.ts";
import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { extendConnection, readConnectionOf } from "./connection.ts";
import { findEnterpriseApplication } from "./find-enterprise-application.ts";

/** Microsoft's tutorial asks for a GET every 5 to 10 seconds. */
const POLL_MILLISECONDS = 5_000;
/** Less than the state's TimeoutSeconds; its Retry then continues to wait. */
const WAIT_MILLISECONDS = 120_000;
/**
 * Entra's replicas lag by seconds; an application that is not visible after this time was never created, or was
 * deleted.
 */
const REPLICAS_LAG_MILLISECONDS = 5 * 60_000;

export interface ApplicationTarget {
  readonly identityStoreId: string;
  /** AWS's SAML identifier. */
  readonly entityId: string;
}

type Needs = Pick<Ports, "applications" | "records" | "clock">;

/**
 * Finds the application or instantiates it from the template, once: it records the request before making it and the answer
 * right after, and waits while a recorded application is not visible yet.
 * @throws {FlowError} ApplicationAmbiguous, ApplicationOfAnotherInstance; NotPropagatedYet while Entra does not show it
 */
export async function createEnterpriseApplication(
  target: ApplicationTarget,
  settings: Pick<Settings, "applicationName" | "applicationTemplateId">,
  ports: Needs,
): Promise<EnterpriseApplication> {
  const { identityStoreId } = target;
  const found = await findOrAwaitRequested(target, settings, ports);
  if (found) {
    await extendConnection(ports.records, { identityStoreId, application: found });
    return found;
  }
  const created = await instantiate(identityStoreId, settings, ports);
  await extendConnection(ports.records, { identityStoreId, application: created });
  await poll(ports, () => ports.applications.isVisible(created));
  return created;
}

/** Null if there is none and none has been requested. */
async function findOrAwaitRequested(
  target: ApplicationTarget,
  settings: Pick<Settings, "applicationName">,
  ports: Needs,
): Promise<EnterpriseApplication | null> {
  const connection = await readConnectionOf(ports.records, target.identityStoreId);
  const wanted = { ...target, ...settings, recorded: connection.application ?? null };
  let found = await findEnterpriseApplication(wanted, ports);
  if (found || !isOnItsWay(connection.applicationRequestedAt, ports)) return found;
  await poll(ports, async () => {
    found = await findEnterpriseApplication(wanted, ports);
    return found !== null || !isOnItsWay(connection.applicationRequestedAt, ports);
  });
  return found;
}

async function instantiate(
  identityStoreId: string,
  { applicationName, applicationTemplateId }: Pick<Settings, "applicationName" | "applicationTemplateId">,
  ports: Needs,
): Promise<EnterpriseApplication> {
  const { applications, records, clock } = ports;
  await extendConnection(records, {
    identityStoreId,
    decide({ applicationRequestedAt }) {
      if (isOnItsWay(applicationRequestedAt, ports)) throw notVisible();
      return { applicationRequestedAt: new Date(clock.now()).toISOString() };
    },
  });
  try {
    return await applications.create(applicationTemplateId, applicationName);
  } catch (error) {
    // Without an answer, or with a partial one, the application may exist.
    const refused = isFlowError(error) && !isFlowError(error, "ServiceUnavailable", "IncompleteRead");
    if (refused) await extendConnection(records, { identityStoreId, applicationRequestedAt: null });
    throw error;
  }
}

function isOnItsWay(requestedAt: string | null | undefined, { clock }: Pick<Ports, "clock">): boolean {
  return !!requestedAt && clock.now() < Date.parse(requestedAt) + REPLICAS_LAG_MILLISECONDS;
}

/** Polls. @throws {FlowError} NotPropagatedYet after two minutes: the state's Retry continues */
async function poll({ clock }: Pick<Ports, "clock">, isDone: () => Promise<boolean>): Promise<void> {
  const deadline = clock.now() + WAIT_MILLISECONDS;
  while (!(await isDone())) {
    if (clock.now() >= deadline) throw notVisible();
    await clock.sleep(POLL_MILLISECONDS);
  }
}

function notVisible(): FlowError<"NotPropagatedYet"> {
  return new FlowError(
    "NotPropagatedYet",
    "Entra accepted the request to create the enterprise application but does not show it yet; a second request would create a second one",
  );
}
