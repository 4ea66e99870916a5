import { type Flow, readDefinition } from "@landbridge/host/state-machines";
import validate from "asl-validator";
import { expect, it } from "vitest";
import { readFlows } from "../../infra/flows.ts";
import { grantsOf } from "../../infra/permissions.ts";
import type { Synthesis } from "../../infra/synth/synth.ts";
import { resourceNamed, resourcesOf, ROOT, statementsOf } from "./synthesis.ts";

const flows = readFlows(ROOT);
/** What changes nothing: reads, secrets that are opened for them, and how functions sign in to Graph. */
const READS = /:(Get|List|Describe|Query)|^kms:Decrypt$|^sts:/;

export function aboutFlows(made: () => Synthesis): void {
  it.each(flows.map(({ name }) => name))(
    "deploys %s as the local runner runs it, and as AWS takes it",
    (name) => {
      const definition = JSON.parse(
        String(resourceNamed(made(), "StateMachine", name)["definition"]),
      ) as object;
      const source = readDefinition(name as Flow);
      const opened = JSON.stringify(definition).replaceAll(
        /arn:aws:lambda:[^"]+:function:landbridge-production-[\w-]+|arn:aws:states:[^":]+:\d+:stateMachine:[\w-]+/g,
        "ARN",
      );
      expect(opened).toBe(JSON.stringify(JSON.parse(source.replaceAll(/\$\{\w+\}/g, "ARN"))));
      expect(validate(definition as never).errors).toEqual([]);
    },
  );

  it.each(flows)(
    "lets $name invoke the functions and start the flows that its states name, and nothing else",
    (flow) => {
      const role = resourcesOf(made(), "Role").find(({ name }) => name === `${flow.name}FlowRole`);
      const statements = role ? statementsOf(role) : [];
      const functions = statements.filter(({ Action }) => Action.includes("lambda:InvokeFunction"));
      expect(functions.flatMap(({ Resource }) => Resource).toSorted()).toEqual(
        flow.steps.map(({ functionName }) => String(lambdaArn(made(), functionName))).toSorted(),
      );
      const starts = statements.filter(({ Action }) => Action.includes("states:StartExecution"));
      expect(starts.flatMap(({ Resource }) => Resource)).toEqual(
        flow.nested.map((name) =>
          expect.stringMatching(new RegExp(`:stateMachine:landbridge-production-${name}$`)),
        ),
      );
    },
  );

  it("lets the watch invoke no function that changes anything but what Landbridge keeps of its reads", () => {
    const [watch] = flows.filter(({ name }) => name === "watch");
    const grants = (watch?.steps ?? []).flatMap(({ functionName }) => grantsOf(functionName, "federated"));
    const writes = grants.flatMap(({ actions }) => actions).filter((action) => !READS.test(action));
    expect(new Set(writes)).toEqual(new Set(["events:PutEvents", "s3:PutObject"]));
    const written = grants.filter(({ actions }) => actions.includes("s3:PutObject")).map(({ keys }) => keys);
    for (const key of written.flat()) expect(key).toMatch(/^(health|sync-access)\//);
  });

  it("logs what states do and never what they hand to each other, and traces them", () => {
    for (const { inputs } of resourcesOf(made(), "StateMachine")) {
      expect(inputs).toMatchObject({
        type: "STANDARD",
        loggingConfiguration: { level: "ALL", includeExecutionData: false },
        tracingConfiguration: { enabled: true },
      });
    }
  });

  it("gives each function the time of its state, Node 24 on arm64, and a log that ends", () => {
    const specs = new Map(flows.flatMap(({ steps }) => steps).map((step) => [step.functionName, step]));
    const logs = new Map(resourcesOf(made(), "LogGroup").map(({ inputs }) => [inputs["name"], inputs]));
    for (const { name, inputs } of resourcesOf(made(), "Function")) {
      const seconds = specs.get(name)?.timeoutSeconds;
      expect(inputs).toMatchObject({
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        handler: "index.handler",
      });
      if (typeof seconds === "number") expect(inputs["timeout"]).toBe(seconds);
      const { logGroup } = inputs["loggingConfig"] as { logGroup: string };
      expect(logs.get(logGroup)?.["retentionInDays"]).toBe(90);
    }
  });

  it("wakes somebody when any flow fails", () => {
    for (const { name, source } of flows) {
      const alarm = resourceNamed(made(), "MetricAlarm", `${name}-failedAlarm`);
      expect(alarm).toMatchObject({
        metricName: "ExecutionsFailed",
        dimensions: {
          StateMachineArn: expect.stringMatching(`:stateMachine:landbridge-production-${name}$`),
        },
        alarmActions: [expect.stringMatching(":landbridge-production-notifications$")],
      });
      // Without a time limit it cannot time out, which would be another metric.
      expect(JSON.parse(source)).not.toHaveProperty("TimeoutSeconds");
    }
  });

  it("has no two things of one name, none longer than AWS allows", () => {
    for (const type of ["Function", "Role", "StateMachine", "MetricAlarm", "EventRule"]) {
      const names = resourcesOf(made(), type).map(({ inputs }) => String(inputs["name"]));
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name.length).toBeLessThanOrEqual(64);
    }
  });
}

function lambdaArn(made: Synthesis, name: string): unknown {
  return `arn:aws:lambda:eu-central-1:123456789012:function:${String(resourceNamed(made, "Function", name)["name"])}`;
}
