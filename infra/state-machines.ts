import type { DeployedFunction } from "./functions.ts";
import { fillDefinition, type Flow, stateMachinePlaceholder } from "./flows.ts";
import { nameOf, type Place } from "./place.ts";
import { allow, policyDocument, type Statement, trustService } from "./policies.ts";

/**
 * The permissions that Step Functions needs to deliver logs; these actions support no resource (Step Functions: logging to
 * CloudWatch).
 */
const LOG_DELIVERY = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];
/** The actions know no resource (X-Ray and Step Functions). */
const TRACING = [
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

interface Options {
  readonly functions: ReadonlyMap<string, DeployedFunction>;
  readonly logRetentionDays: number;
}

/** The flows of `stepfunctions/`, each with a role that may only invoke the functions that its states name. */
export function makeStateMachines(
  place: Place,
  flows: readonly Flow[],
  options: Options,
): ReadonlyMap<string, aws.sfn.StateMachine> {
  const made = new Map<string, aws.sfn.StateMachine>();
  for (const flow of flows) made.set(flow.name, makeStateMachine(place, flow, { ...options, made }));
  return made;
}

function makeStateMachine(
  place: Place,
  flow: Flow,
  { functions, logRetentionDays, made }: Options & { made: ReadonlyMap<string, aws.sfn.StateMachine> },
): aws.sfn.StateMachine {
  const { partition, region, accountId } = place;
  const name = nameOf(place, flow.name);
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const lambdas = flow.steps.map(({ placeholder, functionName }) => {
    const { lambda } = functions.get(functionName) ?? missing(flow, functionName);
    return [placeholder, lambda.arn] as const;
  });
  const machines = flow.nested.map((nested) => {
    const machine = made.get(nested) ?? missing(flow, nested);
    return [stateMachinePlaceholder(nested), machine.arn] as const;
  });
  const logs = new aws.cloudwatch.LogGroup(`${flow.name}FlowLogs`, {
    name: `/aws/vendedlogs/states/${name}`,
    retentionInDays: logRetentionDays,
  });
  const role = new aws.iam.Role(`${flow.name}FlowRole`, {
    name: nameOf(place, `flow-${flow.name}`),
    description: `stepfunctions/${flow.name}`,
    assumeRolePolicy: trustService("states.amazonaws.com", accountId, arn("states", `stateMachine:${name}`)),
    inlinePolicies: [
      {
        name: "permissions",
        policy: $resolve(lambdas.map(([, lambdaArn]) => lambdaArn)).apply((arns) =>
          JSON.stringify(
            policyDocument(
              allow(["lambda:InvokeFunction"], arns),
              ...nestedStatements(flow, (nested) => nameOf(place, nested), arn),
              allow(LOG_DELIVERY, ["*"]),
              allow(TRACING, ["*"]),
            ),
          ),
        ),
      },
    ],
  });
  return new aws.sfn.StateMachine(flow.name, {
    name,
    type: "STANDARD",
    roleArn: role.arn,
    definition: $resolve(Object.fromEntries([...lambdas, ...machines])).apply((arns) =>
      fillDefinition(flow.source, arns),
    ),
    // Names of states and errors, never what states pass to each other.
    loggingConfiguration: {
      level: "ALL",
      includeExecutionData: false,
      logDestination: $interpolate`${logs.arn}:*`,
    },
    tracingConfiguration: { enabled: true },
  });
}

/** `startExecution.sync:2` (Step Functions: IAM policies for nested workflows). */
function nestedStatements(
  { nested }: Flow,
  machineName: (flow: string) => string,
  arn: (service: string, resource: string) => string,
): Statement[] {
  if (nested.length === 0) return [];
  const names = nested.map(machineName);
  return [
    allow(
      ["states:StartExecution"],
      names.map((name) => arn("states", `stateMachine:${name}`)),
    ),
    allow(
      ["states:DescribeExecution", "states:StopExecution"],
      names.map((name) => arn("states", `execution:${name}:*`)),
    ),
    allow(
      ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      [arn("events", "rule/StepFunctionsGetEventsForStepFunctionsExecutionRule")],
    ),
  ];
}

function missing(flow: Flow, name: string): never {
  throw new Error(`stepfunctions/${flow.name}/${flow.name}.asl.json needs ${name}, which is not deployed`);
}
