import * as z from "zod";
import { badRequest, throttled } from "../errors.ts";
import { provisionOnDemand } from "../provisioning/on-demand.ts";
import { onDemandAnswer } from "../provisioning/on-demand-answer.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { type RateLimit, makeRateLimit } from "../rate-limit.ts";
import { type EntraState, isoNow } from "../state.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";
import { SYNCHRONIZATION, findJob } from "./synchronization-path.ts";

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
      path: `${SYNCHRONIZATION}/jobs/{jobId}/provisionOnDemand`,
      needs: NEEDS.writeSynchronization,
      async handle(call) {
        const job = findJob(state, jobs, call);
        const retryAfterSeconds = limitOf(job.id).take();
        if (retryAfterSeconds !== null) throw throttled(retryAfterSeconds);
        const [{ ruleId, subjects }] = (await call.body(Provisioning)).parameters;
        if (ruleId !== job.ruleId) throw badRequest(`The job has no rule '${ruleId}'.`);
        const startTime = isoNow(state);
        const isHonoured = (assignmentId: string) => jobs.isHonouredOnDemand(assignmentId);
        const outcomes = await provisionOnDemand(state, job, { ...subjects[0], isHonoured });
        for (const { error, objectId } of outcomes) if (!error) job.hasArrived(objectId);
        const by = {
          jobId: job.id,
          cycleId: state.kernel.random.uuid(),
          servicePrincipalId: job.servicePrincipal.id,
        };
        const [subject, ...members] = outcomes.map((outcome) => jobs.log.add(by, outcome));
        if (!subject) throw new Error("Provisioning on demand has no outcome");
        return Response.json(onDemandAnswer(job, { subject, members, startTime }));
      },
    },
  ];
}
