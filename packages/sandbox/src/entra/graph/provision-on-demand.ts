import { z } from "zod";
import { badRequest, notFound, throttled } from "../errors.ts";
import type { Outcome } from "../provisioning/outcome.ts";
import type { ProvisioningJob } from "../provisioning/provisioning-job.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { provisioningSteps } from "../provisioning/provisioning-log.ts";
import { pushGroup, pushUser } from "../provisioning/push-subject.ts";
import { CREDENTIALS_REFUSED, ScimConnectionError } from "../provisioning/scim-errors.ts";
import { computeScope } from "../provisioning/scope.ts";
import { type RateLimit, makeRateLimit } from "../rate-limit.ts";
import type { DirectoryGroup, DirectoryUser, EntraState } from "../state.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";
import { findJob } from "./synchronization-jobs.ts";

const MOST_MEMBERS = 5;

const Member = z.strictObject({ objectId: z.guid(), objectTypeName: z.literal("User") });
const Subject = z.strictObject({
  objectId: z.guid(),
  objectTypeName: z.enum(["User", "Group"]),
  links: z.strictObject({ members: z.array(Member).max(MOST_MEMBERS).optional() }).optional(),
});
const Provisioning = z.strictObject({
  parameters: z.tuple([z.strictObject({ ruleId: z.string(), subjects: z.tuple([Subject]) })]),
});
type Subject = z.infer<typeof Subject>;

export function provisionOnDemandOperations(state: EntraState, jobs: ProvisioningJobs): Operation[] {
  // 5 requests per 10 seconds ("synchronizationJob: provisionOnDemand").
  const limits = new Map<string, RateLimit>();
  function limitOf(jobId: string): RateLimit {
    const limit = limits.get(jobId) ?? makeRateLimit(state.kernel.clock, 5, 10_000);
    limits.set(jobId, limit);
    return limit;
  }

  return [
    {
      method: "POST",
      path: "/servicePrincipals/{id}/synchronization/jobs/{jobId}/provisionOnDemand",
      needs: NEEDS.writeSynchronization,
      async handle(call) {
        const job = findJob(state, jobs, call);
        const retryAfterSeconds = limitOf(job.id).take();
        if (retryAfterSeconds !== null) throw throttled(retryAfterSeconds);
        const [{ ruleId, subjects }] = (await call.body(Provisioning)).parameters;
        if (ruleId !== job.ruleId) throw badRequest(`The job has no rule '${ruleId}'.`);
        const outcomes = await provision(state, job, subjects[0]);
        const by = {
          jobId: job.id,
          cycleId: state.kernel.random.uuid(),
          servicePrincipalId: job.servicePrincipal.id,
        };
        for (const outcome of outcomes) if (outcome.status !== "skipped") jobs.log.add(by, outcome);
        return Response.json(answer(outcomes));
      },
    },
  ];
}

/** The subject's outcome comes first, those of the members after it. */
async function provision(
  state: EntraState,
  job: ProvisioningJob,
  subject: Subject,
): Promise<[Outcome, ...Outcome[]]> {
  const { objectId, objectTypeName, links } = subject;
  const id = objectId.toLowerCase();
  const group = state.groups.get(id);
  const user = state.users.get(id);
  const target = objectTypeName === "Group" ? group : user;
  if (!target) throw notFound(objectId);
  const members = membersOf(state, group, links?.members ?? []);
  const none = { objectId: id, displayName: target.displayName, type: objectTypeName, targetId: null };

  const scope = computeScope(state, job.servicePrincipal);
  if (![...scope.users, ...scope.groups].includes(target)) {
    const reason = `${objectTypeName} "${target.displayName}" is not in the scope of the job.`;
    return [
      { ...none, action: "other", status: "skipped", error: { code: "NotEffectivelyEntitled", reason } },
    ];
  }
  const connection = job.connection();
  if (!connection) throw badRequest("No credentials are saved for the job.", CREDENTIALS_REFUSED);
  const session = job.session(connection);
  try {
    if (user && objectTypeName === "User") return [await pushUser(session, user)];
    if (!group) throw notFound(objectId);
    const pushed: Outcome[] = [];
    for (const member of members) if (member.accountEnabled) pushed.push(await pushUser(session, member));
    const memberIds = members.map((member) => member.id);
    return [await pushGroup(session, group, { memberIds, keepOthers: true }), ...pushed];
  } catch (error) {
    if (!(error instanceof ScimConnectionError)) throw error;
    return [
      { ...none, action: "other", status: "failure", error: { code: error.code, reason: error.message } },
    ];
  }
}

function membersOf(
  state: EntraState,
  group: DirectoryGroup | undefined,
  members: readonly { readonly objectId: string }[],
): DirectoryUser[] {
  return members.map(({ objectId }) => {
    const user = state.users.get(objectId.toLowerCase());
    if (user && group?.userIds.has(user.id)) return user;
    throw badRequest(`'${objectId}' is not a direct member of the group.`);
  });
}

const RESULTS = { success: "Success", failure: "Failure", skipped: "Skipped" } as const;

/** A `stringKeyStringValuePair` whose key and value are themselves JSON. */
function answer([subject, ...members]: [Outcome, ...Outcome[]]): Record<string, string> {
  const error = subject.error ?? {
    code: "RedundantExport",
    reason: "The state of the object in both systems is the same already.",
  };
  const details = subject.status === "success" ? {} : { errorCode: error.code, errorMessage: error.reason };
  const describe = (outcome: Outcome) => ({
    action: outcome.action,
    status: RESULTS[outcome.status],
    sourceIdentity: { id: outcome.objectId, displayName: outcome.displayName, type: outcome.type },
    targetIdentity: { id: outcome.targetId ?? "" },
    provisioningSteps: provisioningSteps(outcome),
  });
  return {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.stringKeyStringValuePair",
    key: JSON.stringify({ result: RESULTS[subject.status], details }),
    value: JSON.stringify({ ...describe(subject), members: members.map(describe) }),
  };
}
