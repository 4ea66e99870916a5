import { readExample } from "./events.ts";
import type { DeployedFunction } from "./functions.ts";
import { nameOf, type Place } from "./place.ts";
import { allow, policyDocument, trustService } from "./policies.ts";

const HOUR_SECONDS = 3600;

interface Plan {
  /** A flow, or a function. */
  readonly starts: string;
  /** In UTC. */
  readonly at: string;
  /** An example of the flow. */
  readonly input?: string;
}

/** The scheduled flows. */
const FLOWS: readonly Plan[] = [
  { starts: "rotate-token", at: "cron(0 5 * * ? *)", input: "schedule.json" },
  { starts: "rotate-certificate", at: "cron(15 5 * * ? *)", input: "schedule.json" },
  { starts: "watch", at: "cron(30 6 * * ? *)", input: "schedule.json" },
];
const FUNCTIONS: readonly Plan[] = [
  // The daily full run guarantees the result: every event before it may be lost. A function starts it, and records who did.
  { starts: "events/start-daily-sync", at: "cron(30 5 * * ? *)" },
  { starts: "events/keep-subscriptions", at: "rate(1 hour)" },
  { starts: "tasks/remind", at: "cron(0 7 * * ? *)" },
];

interface SchedulesArgs {
  readonly root: string;
  readonly functions: ReadonlyMap<string, DeployedFunction>;
  readonly machines: ReadonlyMap<string, aws.sfn.StateMachine>;
  readonly deadLetters: aws.sqs.Queue;
}

/** @throws {Error} naming what a schedule starts and nothing defines */
export function makeSchedules(place: Place, { root, functions, machines, deadLetters }: SchedulesArgs): void {
  const group = new aws.scheduler.ScheduleGroup("Schedules", { name: nameOf(place, "schedules") });
  for (const plan of FLOWS) {
    const machine = machines.get(plan.starts) ?? missing(plan);
    makeSchedule(place, plan, {
      group,
      deadLetters,
      action: "states:StartExecution",
      targetArn: machine.arn,
      input: JSON.stringify(readExample(root, plan.starts, plan.input ?? "")),
    });
  }
  for (const plan of FUNCTIONS) {
    const { lambda } = functions.get(plan.starts) ?? missing(plan);
    makeSchedule(place, plan, {
      group,
      deadLetters,
      action: "lambda:InvokeFunction",
      targetArn: lambda.arn,
      input: "{}",
    });
  }
}

interface Target {
  readonly group: aws.scheduler.ScheduleGroup;
  readonly deadLetters: aws.sqs.Queue;
  readonly action: string;
  readonly targetArn: $util.Output<string>;
  readonly input: string;
}

function makeSchedule(place: Place, { starts, at }: Plan, target: Target): void {
  const { group, deadLetters, action, targetArn, input } = target;
  const role = new aws.iam.Role(`${starts}ScheduleRole`, {
    name: nameOf(place, `schedule-${starts}`),
    assumeRolePolicy: group.arn.apply((arn) => trustService("scheduler.amazonaws.com", place.accountId, arn)),
    inlinePolicies: [
      {
        name: "permissions",
        policy: $resolve({ targetArn, queue: deadLetters.arn }).apply((arns) =>
          JSON.stringify(
            policyDocument(allow([action], [arns.targetArn]), allow(["sqs:SendMessage"], [arns.queue])),
          ),
        ),
      },
    ],
  });
  new aws.scheduler.Schedule(`${starts}Schedule`, {
    name: starts.replace("/", "-"),
    groupName: group.name,
    scheduleExpression: at,
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: targetArn,
      roleArn: role.arn,
      input,
      deadLetterConfig: { arn: deadLetters.arn },
      retryPolicy: { maximumEventAgeInSeconds: HOUR_SECONDS, maximumRetryAttempts: 10 },
    },
  });
}

function missing({ starts }: Plan): never {
  throw new Error(`infra/schedules.ts starts ${starts}, which is not deployed`);
}
