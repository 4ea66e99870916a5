import { GraphRefusal, throttled } from "../errors.ts";
import { listPage } from "../odata.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { type LogEntry, logEntryView } from "../provisioning/provisioning-log.ts";
import { makeRateLimit } from "../rate-limit.ts";
import type { EntraState } from "../state.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

/** 5 requests per 10 seconds, and a P1 or P2 licence ("List provisioningObjectSummary"). */
export function provisioningLogOperations(state: EntraState, jobs: ProvisioningJobs): Operation[] {
  const limit = makeRateLimit(state.kernel.clock, 5, 10_000);
  const filterable = {
    id: ({ id }: LogEntry) => id,
    jobId: ({ jobId }: LogEntry) => jobId,
    cycleId: ({ cycleId }: LogEntry) => cycleId,
    changeId: ({ changeId }: LogEntry) => changeId,
    activityDateTime: ({ at }: LogEntry) => at,
    provisioningAction: ({ outcome }: LogEntry) => outcome.action,
    "provisioningStatusInfo/status": ({ outcome }: LogEntry) => outcome.status,
    "sourceIdentity/id": ({ outcome }: LogEntry) => outcome.objectId,
    "sourceIdentity/displayName": ({ outcome }: LogEntry) => outcome.displayName,
    "servicePrincipal/id": ({ servicePrincipalId }: LogEntry) => servicePrincipalId,
  };
  const view = (entry: LogEntry) => logEntryView(state, entry);
  const collection = {
    context: "auditLogs/provisioning",
    filterable,
    sortable: ["activityDateTime", "jobId", "cycleId", "id"],
    caseSensitive: true,
    isLog: true,
    view,
  };
  return [
    {
      method: "GET",
      path: "/auditLogs/provisioning",
      needs: NEEDS.readProvisioningLog,
      handle({ query, url }) {
        const retryAfterSeconds = limit.take();
        if (retryAfterSeconds !== null) throw throttled(retryAfterSeconds);
        if (state.tenant.licence === "Free") {
          const message = "The provisioning log needs a Microsoft Entra ID P1 or P2 license.";
          throw new GraphRefusal(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", { message });
        }
        return Response.json(listPage({ items: jobs.log.entries(), collection, query, url }));
      },
    },
  ];
}
