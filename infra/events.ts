import { readFileSync } from "node:fs";
import path from "node:path";
import { eventRules } from "@landbridge/core";
import { RETRY } from "./dead-letters.ts";
import { forwardable } from "./forwarder.ts";
import type { DeployedFunction } from "./functions.ts";
import { nameOf, type Place } from "./place.ts";
import { allow, policyDocument, trustService } from "./policies.ts";
import type { Names } from "./targets.ts";

interface EventsArgs {
  readonly root: string;
  readonly names: Names;
  readonly markChanges: DeployedFunction;
  readonly machines: ReadonlyMap<string, aws.sfn.StateMachine>;
  readonly deadLetters: aws.sqs.Queue;
  /** Account whose events us-east-1 forwards to the bus; null if it is this one. */
  readonly forwardFrom: string | null;
}

/** Landbridge's own bus: what it announces, and what other regions and accounts forward. */
export function makeBus(place: Place, name: string, forwardFrom: string | null) {
  const bus = new aws.cloudwatch.EventBus("Bus", { name });
  if (forwardFrom !== null) {
    new aws.cloudwatch.EventBusPolicy("BusPolicy", {
      eventBusName: bus.name,
      policy: bus.arn.apply((arn) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "ForwardedAccountEvents",
              Effect: "Allow",
              Principal: { AWS: `arn:${place.partition}:iam::${forwardFrom}:root` },
              Action: "events:PutEvents",
              Resource: arn,
              // Only Landbridge's own events reach operators by mail.
              Condition: { StringNotEquals: { "events:source": "landbridge" } },
            },
          ],
        }),
      ),
    });
  }
  return bus;
}

/** Events that may mean work mark what has to be checked; some start a flow. */
export function makeRules(place: Place, bus: aws.cloudwatch.EventBus, args: EventsArgs): void {
  const { names } = args;
  const forwarded = forwardable().filter(
    ({ appearsIn }) => args.forwardFrom !== null || appearsIn !== "home",
  );
  const executionPrefix = stateMachineArn(place, "").replace(":stateMachine:", ":execution:");
  const rules = eventRules({ bucketName: names.bucket, policyKey: names.policyKey, executionPrefix });
  for (const rule of rules) {
    const appearsHere = rule.appearsIn === "home" || rule.appearsIn === place.region;
    if (appearsHere) markBy(place, { ...rule, busName: "default" }, args);
    if (forwarded.some(({ name }) => name === rule.name))
      markBy(place, { ...rule, name: `forwarded-${rule.name}`, busName: bus.name }, args);
  }
  startByEvent(place, "rotate-token", {
    ...args,
    name: "rotate-expiring-token",
    description: "AWS Health announces the end of a SCIM token",
    input: "health-event.json",
    pattern: rules.find(({ name }) => name === "scim-token-expiry")?.pattern,
  });
  startByEvent(place, "watch", {
    ...args,
    name: "watch-after-flows",
    description: "A flow other than watch has ended",
    input: "after-flow.json",
    pattern: {
      source: ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      detail: {
        status: ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"],
        stateMachineArn: [...args.machines.keys()]
          .filter((flow) => flow !== "watch" && flow !== "drain-changes")
          .map((flow) => stateMachineArn(place, flow)),
      },
    },
  });
}

interface MarkRule {
  readonly name: string;
  readonly description: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly busName: $util.Input<string>;
}

function markBy(place: Place, rule: MarkRule, { markChanges, deadLetters }: EventsArgs): void {
  const made = makeRule(place, rule);
  new aws.cloudwatch.EventTarget(`${rule.name}Target`, {
    rule: made.name,
    eventBusName: rule.busName,
    arn: markChanges.lambda.arn,
    deadLetterConfig: { arn: deadLetters.arn },
    retryPolicy: RETRY,
  });
  new aws.lambda.Permission(`${rule.name}Permission`, {
    function: markChanges.lambda.name,
    action: "lambda:InvokeFunction",
    principal: "events.amazonaws.com",
    sourceArn: made.arn,
  });
}

interface StartRule extends EventsArgs {
  readonly name: string;
  readonly description: string;
  readonly pattern: Readonly<Record<string, unknown>> | undefined;
  /** Example of the flow that is its input. */
  readonly input: string;
}

function startByEvent(place: Place, flow: string, rule: StartRule): void {
  const { name, description, pattern = {}, machines, deadLetters, root } = rule;
  const machine = machines.get(flow);
  if (!machine) throw new Error(`infra/events.ts starts ${flow}: there is no such flow`);
  const made = makeRule(place, { name, description, pattern, busName: "default" });
  const role = new aws.iam.Role(`${name}Role`, {
    name: nameOf(place, `rule-${name}`),
    assumeRolePolicy: made.arn.apply((arn) => trustService("events.amazonaws.com", place.accountId, arn)),
    inlinePolicies: [
      {
        name: "permissions",
        policy: JSON.stringify(
          policyDocument(allow(["states:StartExecution"], [stateMachineArn(place, flow)])),
        ),
      },
    ],
  });
  new aws.cloudwatch.EventTarget(`${name}Target`, {
    rule: made.name,
    arn: machine.arn,
    roleArn: role.arn,
    input: JSON.stringify(readExample(root, flow, rule.input)),
    deadLetterConfig: { arn: deadLetters.arn },
    retryPolicy: RETRY,
  });
}

function makeRule(place: Place, { name, description, pattern, busName }: MarkRule) {
  return new aws.cloudwatch.EventRule(`${name}Rule`, {
    name: nameOf(place, name),
    description,
    eventBusName: busName,
    eventPattern: JSON.stringify(pattern),
  });
}

/** The input that a flow is started with. @throws {Error} if the flow has no such example */
export function readExample(root: string, flow: string, file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, "stepfunctions", flow, "examples", file), "utf8"));
}

function stateMachineArn(place: Place, flow: string): string {
  const { partition, region, accountId } = place;
  return `arn:${partition}:states:${region}:${accountId}:stateMachine:${nameOf(place, flow)}`;
}
