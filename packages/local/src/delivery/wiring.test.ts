import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import {
  LocalEventBus,
  LocalLambda,
  LocalScheduler,
  LocalStepFunctions,
  makeEventBridgeService,
  makeSchedulerService,
  makeStepFunctionsService,
  type Targets,
} from "../index.ts";
import { countIds } from "../../test-support/count-ids.ts";
import { inProcess } from "../../test-support/in-process.ts";
import { makeRandom } from "../../test-support/random.ts";
import { makeVirtualClock } from "../../test-support/virtual-clock.ts";

const DAY = 86_400_000;
const RoleArn = "arn:aws:iam::111122223333:role/events";
const DeadLetterConfig = { Arn: "arn:aws:sqs:eu-central-1:111122223333:undelivered" };
const FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function:";

/** One account: bus, scheduler, state machine `sync` and function `notify`, wired as a host wires them. */
function makeAccount() {
  const clock = makeVirtualClock();
  const place = {
    clock,
    region: "eu-central-1",
    accountId: "111122223333",
    newId: countIds(),
    random: makeRandom(1),
  };
  const payloads: unknown[] = [];
  const lambda = new LocalLambda({
    ...place,
    functions: new Set(["notify"]),
    async invoke(_, payload) {
      payloads.push(payload);
    },
  });
  const local = new LocalStepFunctions({ ...place, invokeLambda: async () => null });
  const stateMachineArn = local.createStateMachine("sync", {
    QueryLanguage: "JSONata",
    StartAt: "Done",
    States: { Done: { Type: "Succeed" } },
  });
  const targets: Targets = {
    startExecution: (arn, input, name) =>
      local.startExecution({ stateMachineArn: arn, input, ...(name !== undefined && { name }) }),
    invokeLambda: (arn, payload) => lambda.invokeAsync(lambda.resolve(arn), JSON.stringify(payload)),
  };
  const bus = new LocalEventBus({ ...place, targets });
  const scheduler = new LocalScheduler({ ...place, targets });
  return {
    clock,
    bus,
    payloads,
    stateMachineArn,
    events: new EventBridgeClient(inProcess(makeEventBridgeService(bus))),
    schedules: new SchedulerClient(inProcess(makeSchedulerService(scheduler))),
    stepFunctions: new SFNClient(inProcess(makeStepFunctionsService(local))),
  };
}

describe("an account in one process", () => {
  it("runs state machines and functions on events and schedules", async () => {
    const { clock, events, schedules, stepFunctions, stateMachineArn, payloads } = makeAccount();
    await events.send(new PutRuleCommand({ Name: "rule", EventPattern: '{"source":["landbridge"]}' }));
    const Targets = [
      { Id: "sync", Arn: stateMachineArn, RoleArn },
      { Id: "notify", Arn: `${FUNCTION}notify`, InputPath: "$.detail" },
    ];
    await events.send(new PutTargetsCommand({ Rule: "rule", Targets }));
    await schedules.send(
      new CreateScheduleCommand({
        Name: "daily",
        ScheduleExpression: "cron(0 6 * * ? *)",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: stateMachineArn, RoleArn, Input: "{}" },
      }),
    );
    const Entries = [{ Source: "landbridge", DetailType: "Flow ended", Detail: '{"flow":"connect"}' }];
    await events.send(new PutEventsCommand({ Entries }));
    await clock.sleep(3 * DAY);

    const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions.map(({ status }) => status)).toEqual(Array(4).fill("SUCCEEDED"));
    expect(payloads).toEqual([{ flow: "connect" }]);
  });

  it("keeps events for targets that do not exist as dead letters, at once", async () => {
    const { bus, clock, events, stateMachineArn } = makeAccount();
    await events.send(new PutRuleCommand({ Name: "rule", EventPattern: '{"source":["landbridge"]}' }));
    const Targets = [
      { Id: "gone", Arn: `${stateMachineArn}-gone`, RoleArn, DeadLetterConfig },
      { Id: "none", Arn: `${FUNCTION}none`, DeadLetterConfig },
    ];
    await events.send(new PutTargetsCommand({ Rule: "rule", Targets }));
    bus.publish({ source: "landbridge", "detail-type": "Flow ended", detail: {} });
    await clock.sleep(1);

    const letters = bus.deadLetters.of(DeadLetterConfig.Arn);
    expect(letters.map(({ attributes }) => attributes["ERROR_CODE"])).toEqual(["NO_RESOURCE", "NO_RESOURCE"]);
  });
});
