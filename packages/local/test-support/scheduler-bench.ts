import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { contractLayer } from "@landbridge/contract-check";
import { countIds } from "./count-ids.ts";
import { inProcess } from "./in-process.ts";
import { makeRandom } from "./random.ts";
import { makeVirtualClock } from "./virtual-clock.ts";
import { LocalScheduler, type LocalSchedulerOptions } from "../src/scheduler/local-scheduler.ts";
import { makeSchedulerService } from "../src/scheduler/wire.ts";

export const STATE_MACHINE_ARN = "arn:aws:states:eu-central-1:111122223333:stateMachine:sync";
export const FUNCTION_ARN = "arn:aws:lambda:eu-central-1:111122223333:function:notify";
export const QUEUE_ARN = "arn:aws:sqs:eu-central-1:111122223333:undelivered";
export const TO_SYNC = {
  Arn: STATE_MACHINE_ARN,
  RoleArn: "arn:aws:iam::111122223333:role/scheduler",
  Input: '{"at":"<aws.scheduler.scheduled-time>"}',
};

/** A scheduler on a virtual clock that starts at 2026-01-01, the SDK's client of it, and what its targets got. */
export function makeSchedulerBench(options: Partial<LocalSchedulerOptions> = {}) {
  const clock = makeVirtualClock();
  const executions: {
    readonly arn: string;
    readonly input: string;
    readonly name?: string;
    readonly at: string;
  }[] = [];
  const invocations: { readonly arn: string; readonly payload: unknown }[] = [];
  const scheduler = new LocalScheduler({
    clock,
    region: "eu-central-1",
    accountId: "111122223333",
    newId: countIds(),
    random: makeRandom(7),
    targets: {
      startExecution(arn, input, name) {
        const at = new Date(clock.now()).toISOString();
        executions.push({ arn, input, at, ...(name !== undefined && { name }) });
      },
      invokeLambda(arn, payload) {
        invocations.push({ arn, payload });
      },
    },
    ...options,
  });
  const client = new SchedulerClient(
    inProcess(contractLayer("simulator")("scheduler", makeSchedulerService(scheduler))),
  );
  return {
    clock,
    scheduler,
    client,
    executions,
    invocations,
    /** A schedule that starts a state machine; by default named `daily`. */
    create(ScheduleExpression: string, change: Partial<CreateScheduleCommandInput> = {}) {
      return client.send(
        new CreateScheduleCommand({
          Name: "daily",
          ScheduleExpression,
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: TO_SYNC,
          ...change,
        }),
      );
    },
    async sleepUntil(time: string): Promise<void> {
      await clock.sleep(Date.parse(time) - clock.now());
    },
  };
}
