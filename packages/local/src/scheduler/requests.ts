import { integer, oneOf, structure, text, timestamp } from "../aws-api/shapes.ts";

/** Requests of EventBridge Scheduler as its API model limits them; members that are left out here are refused. */
const NAME = text({ min: 1, max: 64, pattern: /^[0-9a-zA-Z\-_.]+$/ });
const STATE = oneOf("ENABLED", "DISABLED");
const QUEUE = text({
  min: 1,
  max: 1600,
  pattern: /^arn:aws(-[a-z]+)?:sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9\-_]+$/,
});
const ROLE = text({ min: 1, max: 1600, pattern: /^arn:aws(-[a-z]+)?:iam::\d{12}:role\/[\w+=,.@/-]+$/ });
const CLIENT_TOKEN = text({ min: 1, max: 64, pattern: /^[a-zA-Z0-9-_]+$/ });

/** CreateSchedule and UpdateSchedule. */
export const PUT_SCHEDULE = structure(
  {
    Name: NAME,
    ScheduleExpression: text({ min: 1, max: 256 }),
    FlexibleTimeWindow: structure(
      { Mode: oneOf("OFF", "FLEXIBLE") },
      { MaximumWindowInMinutes: integer({ min: 1, max: 1440 }) },
    ),
    Target: structure(
      { Arn: text({ min: 1, max: 1600 }), RoleArn: ROLE },
      {
        Input: text({ min: 1 }),
        RetryPolicy: structure(
          {},
          {
            MaximumRetryAttempts: integer({ min: 0, max: 185 }),
            MaximumEventAgeInSeconds: integer({ min: 60, max: 86_400 }),
          },
        ),
        DeadLetterConfig: structure({}, { Arn: QUEUE }),
      },
    ),
  },
  {
    GroupName: NAME,
    ScheduleExpressionTimezone: text({ min: 1, max: 50 }),
    StartDate: timestamp,
    EndDate: timestamp,
    State: STATE,
    ActionAfterCompletion: oneOf("NONE", "DELETE"),
    Description: text({ max: 512 }),
    ClientToken: CLIENT_TOKEN,
  },
);

/** GetSchedule and DeleteSchedule: names of the query. */
export const NAMED_SCHEDULE = structure({ name: NAME }, { groupName: NAME, clientToken: CLIENT_TOKEN });

/** Names of the query. */
export const LIST_SCHEDULES = structure(
  {},
  {
    ScheduleGroup: NAME,
    NamePrefix: NAME,
    State: STATE,
    MaxResults: integer({ min: 1, max: 100 }),
    NextToken: text({ min: 1, max: 2048 }),
  },
);
