import { FLOWS } from "@landbridge/host/state-machines";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ListAccountsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { CreateScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { describe, expect, it } from "vitest";
import { aFlowHost } from "../support/flow-host.ts";

const RoleArn = "arn:aws:iam::111122223333:role/events";

/** The only thing that a client knows about the sandbox. */
async function aServedSandbox() {
  const { served, runtime } = await aFlowHost({ speed: 100 });
  const config = { region: "eu-central-1", endpoint: served?.variables["AWS_ENDPOINT_URL"] ?? "" };
  return { config, runtime };
}

describe("any AWS client with AWS_ENDPOINT_URL", () => {
  it("finds each service at the one address, by its signature", async () => {
    const { config } = await aServedSandbox();

    expect(await new SSOAdminClient(config).send(new ListInstancesCommand())).toMatchObject({
      Instances: [{ Status: "ACTIVE" }],
    });
    expect((await new OrganizationsClient(config).send(new ListAccountsCommand())).Accounts).toHaveLength(5);
    expect((await new DynamoDBClient(config).send(new ListTablesCommand())).TableNames).toEqual([
      "landbridge",
    ]);
    const s3 = new S3Client({ ...config, forcePathStyle: true });
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: "landbridge" }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(["policy/access.yaml"]);
    const { stateMachines } = await new SFNClient(config).send(new ListStateMachinesCommand());
    expect(stateMachines?.map(({ name }) => name).toSorted()).toEqual(FLOWS.toSorted());
  });

  it("starts a flow by an event that a rule matches", async () => {
    const { config, runtime } = await aServedSandbox();
    const stateMachineArn = runtime.stateMachineArns.get("sync-access");
    const events = new EventBridgeClient(config);
    const EventPattern = JSON.stringify({
      source: ["landbridge.test"],
      detail: { kind: [{ prefix: "policy" }], size: [{ numeric: [">", 3] }] },
    });
    await events.send(new PutRuleCommand({ Name: "policy-changed", EventPattern }));
    const Targets = [{ Id: "sync", Arn: stateMachineArn, RoleArn, Input: '{"mode":"plan"}' }];
    await events.send(new PutTargetsCommand({ Rule: "policy-changed", Targets }));

    const Entries = [
      { Source: "landbridge.test", DetailType: "Changed", Detail: '{"kind":"policy-file","size":4}' },
      { Source: "landbridge.test", DetailType: "Changed", Detail: '{"kind":"policy-file","size":3}' },
      { Source: "somebody.else", DetailType: "Changed", Detail: '{"kind":"policy-file","size":4}' },
    ];
    expect(await events.send(new PutEventsCommand({ Entries }))).toMatchObject({ FailedEntryCount: 0 });

    const stepFunctions = new SFNClient(config);
    const started = () => stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
    await expect.poll(started, { timeout: 10_000 }).toMatchObject({ executions: [{ status: "SUCCEEDED" }] });
  });

  it("starts a flow by a schedule", async () => {
    const { config, runtime } = await aServedSandbox();
    const stateMachineArn = runtime.stateMachineArns.get("sync-access");
    await new SchedulerClient(config).send(
      new CreateScheduleCommand({
        Name: "soon",
        ScheduleExpression: "rate(1 minutes)",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: stateMachineArn, RoleArn, Input: '{"mode":"plan"}' },
      }),
    );

    const stepFunctions = new SFNClient(config);
    const started = async () => {
      const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
      return executions.length;
    };
    await expect.poll(started, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  });

  it("invokes a function and gets its error as Lambda gives it", async () => {
    const { config } = await aServedSandbox();

    const { FunctionError, Payload } = await new LambdaClient(config).send(
      new InvokeCommand({ FunctionName: "landbridge-sync-access_load-policy", Payload: "{}" }),
    );

    expect(FunctionError).toBe("Unhandled");
    expect(JSON.parse(new TextDecoder().decode(Payload))).toMatchObject({ errorType: "InvalidStepInput" });
  });
});
