import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import type { Target } from "@aws-sdk/client-eventbridge";
import { contractLayer } from "@landbridge/contract-check";
import { countIds } from "./count-ids.ts";
import { inProcess } from "./in-process.ts";
import { makeRandom } from "./random.ts";
import { makeVirtualClock } from "./virtual-clock.ts";
import { LocalEventBus, type LocalEventBusOptions } from "../src/event-bus/local-event-bus.ts";
import { makeEventBridgeService } from "../src/event-bus/wire.ts";

export const STATE_MACHINE_ARN = "arn:aws:states:eu-central-1:111122223333:stateMachine:sync";
export const FUNCTION_ARN = "arn:aws:lambda:eu-central-1:111122223333:function:notify";
export const QUEUE_ARN = "arn:aws:sqs:eu-central-1:111122223333:undelivered";
export const TO_SYNC = {
  Id: "sync",
  Arn: STATE_MACHINE_ARN,
  RoleArn: "arn:aws:iam::111122223333:role/events",
} satisfies Target;

/** A bus on a virtual clock, the SDK's client of it, and what its targets got. */
export function makeBusBench(options: Partial<LocalEventBusOptions> = {}) {
  const clock = makeVirtualClock();
  const executions: { readonly arn: string; readonly input: unknown; readonly at: number }[] = [];
  const invocations: { readonly arn: string; readonly payload: unknown }[] = [];
  const bus = new LocalEventBus({
    clock,
    region: "eu-central-1",
    accountId: "111122223333",
    newId: countIds(),
    random: makeRandom(7),
    targets: {
      startExecution(arn, input) {
        executions.push({ arn, input: JSON.parse(input), at: clock.now() });
      },
      invokeLambda(arn, payload) {
        invocations.push({ arn, payload });
      },
    },
    ...options,
  });
  const client = new EventBridgeClient(
    inProcess(contractLayer("simulator")("events", makeEventBridgeService(bus))),
  );
  return {
    clock,
    bus,
    client,
    executions,
    invocations,
    async putRule(pattern: object, ...targets: Target[]): Promise<void> {
      await client.send(new PutRuleCommand({ Name: "rule", EventPattern: JSON.stringify(pattern) }));
      await client.send(new PutTargetsCommand({ Rule: "rule", Targets: targets }));
    },
    putEvent(detail: object) {
      const entry = { Source: "landbridge", DetailType: "Flow ended", Detail: JSON.stringify(detail) };
      return client.send(new PutEventsCommand({ Entries: [entry] }));
    },
  };
}
