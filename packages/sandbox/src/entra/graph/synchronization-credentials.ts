import * as z from "zod";
import { badRequest, notFound, notImplemented } from "../errors.ts";
import { isNotificationSettings } from "../provisioning/accidental-deletions.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { makeScimClient } from "../provisioning/scim-client.ts";
import { ScimConnectionError } from "../provisioning/scim-errors.ts";
import type { ScimConnection } from "../provisioning/scim-transport.ts";
import type { EntraState, ServicePrincipal } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import { type GraphCall, type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";
import { SYNCHRONIZATION, findJob } from "./synchronization-path.ts";
import { synchronizationTemplate } from "./synchronization-templates.ts";

/** The keys of a SCIM connector; the enumeration of Graph has many more, for other ones. */
const KEYS = ["BaseAddress", "SecretToken", "SyncNotificationSettings", "SyncAll", "SkipOutOfScopeDeletions"];
const Pairs = z.array(z.strictObject({ key: z.string(), value: z.string().nullable() }));

const Secrets = z.strictObject({ value: Pairs.min(1) });
const Validation = z.strictObject({
  applicationIdentifier: z.string().nullish(),
  templateId: z.string().nullish(),
  useSavedCredentials: z.boolean().nullish(),
  credentials: Pairs.nullish(),
});

export function synchronizationCredentialOperations(state: EntraState, jobs: ProvisioningJobs): Operation[] {
  async function validate(call: GraphCall, servicePrincipal: ServicePrincipal): Promise<Response> {
    const { useSavedCredentials, credentials, templateId } = await call.body(Validation);
    if (templateId && templateId !== synchronizationTemplate(state, servicePrincipal).id)
      throw notFound(templateId);
    const connection = toConnection(
      useSavedCredentials ? servicePrincipal.secrets : toMap(credentials ?? []),
    );
    try {
      await makeScimClient(state.kernel, connection).probe();
    } catch (error) {
      if (!(error instanceof ScimConnectionError)) throw error;
      // Status and envelope of a failed test are not documented; its code is.
      throw badRequest(error.message, error.code);
    }
    return noContent();
  }

  return [
    {
      method: "POST",
      path: `${SYNCHRONIZATION}/jobs/validateCredentials`,
      needs: NEEDS.writeSynchronization,
      handle: (call) => validate(call, findServicePrincipal(state, call.param("id"))),
    },
    {
      method: "POST",
      path: `${SYNCHRONIZATION}/jobs/{jobId}/validateCredentials`,
      needs: NEEDS.writeSynchronization,
      handle: (call) => validate(call, findJob(state, jobs, call).servicePrincipal),
    },
    {
      method: "PUT",
      path: `${SYNCHRONIZATION}/secrets`,
      needs: NEEDS.writeSynchronization,
      async handle({ param, body }) {
        const servicePrincipal = findServicePrincipal(state, param("id"));
        // What happens to omitted keys is not documented: here they are deleted.
        const secrets = toMap((await body(Secrets)).value);
        if (!isNotificationSettings(secrets.get("SyncNotificationSettings") ?? "{}")) {
          throw badRequest("SyncNotificationSettings must be a JSON object of notification settings.");
        }
        servicePrincipal.secrets = secrets;
        return noContent();
      },
    },
  ];
}

/** @throws {GraphRefusal} 501 for a key that a SCIM connector does not have here */
function toMap(pairs: z.infer<typeof Pairs>): Map<string, string> {
  const foreign = pairs.find(({ key }) => !KEYS.includes(key));
  if (foreign) throw notImplemented(`the synchronization secret '${foreign.key}'`);
  return new Map(pairs.flatMap(({ key, value }) => (value === null ? [] : [[key, value]])));
}

function toConnection(secrets: ReadonlyMap<string, string>): ScimConnection {
  const baseAddress = secrets.get("BaseAddress");
  const token = secrets.get("SecretToken");
  if (baseAddress && token) return { baseAddress, token };
  throw badRequest("The credentials must have the keys BaseAddress and SecretToken.");
}
