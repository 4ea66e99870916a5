import { type Context, Hono } from "hono";
import { NotImitated } from "../aws-api/api-error.ts";
import { parseBody, type Service } from "../aws-api/json-service.ts";
import { takePage } from "../aws-api/paging.ts";
import { answerRefusal } from "../aws-api/rest-refusal.ts";
import { checkGroup, type LocalScheduler } from "./local-scheduler.ts";
import { LIST_SCHEDULES, NAMED_SCHEDULE, PUT_SCHEDULE } from "./requests.ts";
import type { ScheduleDescription, ScheduleRequest } from "./schedule.ts";

const COVERAGE_PAGE = "packages/local/src/scheduler/coverage.md";
const LARGEST_PAGE = 100;

/** The scheduler as an HTTP service, for the AWS SDK and CLI. It ignores signatures. */
export function makeSchedulerService(scheduler: LocalScheduler): Service {
  const app = new Hono()
    .post("/schedules/:name", async (context) =>
      context.json({ ScheduleArn: scheduler.create(await readSchedule(context)) }),
    )
    .put("/schedules/:name", async (context) =>
      context.json({ ScheduleArn: scheduler.update(await readSchedule(context)) }),
    )
    .get("/schedules/:name", (context) => {
      const { name, groupName } = NAMED_SCHEDULE(readQuery(context), "");
      return context.json(describe(scheduler.get(name, groupName)));
    })
    .delete("/schedules/:name", (context) => {
      const { name, groupName } = NAMED_SCHEDULE(readQuery(context), "");
      scheduler.delete(name, groupName);
      return context.json({});
    })
    .get("/schedules", (context) => {
      const { MaxResults, ...query } = context.req.query();
      const request = LIST_SCHEDULES(
        { ...query, ...(MaxResults !== undefined && { MaxResults: Number(MaxResults) }) },
        "",
      );
      checkGroup(request.ScheduleGroup);
      const { NamePrefix = "", State } = request;
      const found = scheduler.schedules
        .filter((schedule) => schedule.Name.startsWith(NamePrefix))
        .filter((schedule) => State === undefined || schedule.State === State);
      const { items, ...rest } = takePage(found, request.MaxResults ?? LARGEST_PAGE, request.NextToken);
      return context.json({ Schedules: items.map(summarize), ...rest });
    })
    .notFound(({ req }) => {
      const refusal = new NotImitated(`Operation ${req.method} ${req.path}`, "UnknownOperationException");
      return answerRefusal(refusal, COVERAGE_PAGE);
    })
    .onError((error) => answerRefusal(error, COVERAGE_PAGE));
  return { fetch: async (request) => app.fetch(request) };
}

async function readSchedule(context: Context): Promise<ScheduleRequest> {
  const body = parseBody(await context.req.text());
  return PUT_SCHEDULE({ ...(body as object), Name: context.req.param("name") }, "");
}

function readQuery(context: Context): object {
  return { ...context.req.query(), name: context.req.param("name") };
}

function describe(schedule: ScheduleDescription): object {
  const { StartDate, EndDate, CreationDate, LastModificationDate } = schedule;
  return {
    ...schedule,
    ...(StartDate !== undefined && { StartDate: StartDate / 1000 }),
    ...(EndDate !== undefined && { EndDate: EndDate / 1000 }),
    CreationDate: CreationDate / 1000,
    LastModificationDate: LastModificationDate / 1000,
  };
}

function summarize(schedule: ScheduleDescription): object {
  const { Arn, Name, GroupName, State, Target, CreationDate, LastModificationDate } = schedule;
  return {
    Arn,
    Name,
    GroupName,
    State,
    Target: { Arn: Target.Arn },
    CreationDate: CreationDate / 1000,
    LastModificationDate: LastModificationDate / 1000,
  };
}
