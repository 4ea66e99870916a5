import { setTimeout } from "node:timers/promises";
import { CreateGroupCommand, CreateUserCommand, IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { makeAws } from "@landbridge/aws";
import { type AwsWorld, GROUPS, NAMES, USER } from "../aws-world.ts";
import { prepareAccount } from "../prepare-account.ts";
import { startWaiting } from "../start-waiting.ts";
import { anOrganization } from "./an-organization.ts";

const region = "eu-central-1";
/** Set by `suites.ts`. */
const endpoint = process.env["AWS_ENDPOINT_URL"] ?? "";

/** Moto answers at once and has no quotas: nothing needs to wait. */
const clock = { now: () => Date.now(), sleep: async () => undefined };

/** The company in moto's server at AWS_ENDPOINT_URL, which is reset first. */
export async function aMotoWorld(): Promise<AwsWorld> {
  await tellMoto("reset");
  // Otherwise executions never run (moto's documentation, "Stepfunctions").
  await tellMoto("config", { stepfunctions: { execute_state_machine: true } });
  const config = { region, endpoint };
  const { Instances } = await new SSOAdminClient(config).send(new ListInstancesCommand());
  const { InstanceArn = "", IdentityStoreId = "" } = Instances?.[0] ?? {};
  const organization = await anOrganization(config);
  return {
    ports: makeAws({ ...config, clock, tableName: NAMES.table, bucketName: NAMES.bucket }),
    clock,
    instance: {
      instanceArn: InstanceArn,
      identityStoreId: IdentityStoreId,
      ownerAccountId: organization.managementAccountId,
      region,
    },
    ...organization,
    ...(await people(IdentityStoreId)),
    ...(await prepareAccount(config)),
    startWaiting: () => startWaiting(config, WAITING, () => setTimeout(20)),
  };
}

async function tellMoto(what: "reset" | "config", body: object = {}): Promise<void> {
  const response = await fetch(`${endpoint}/moto-api/${what}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(`moto's server answers ${response.status} to /moto-api/${what}`);
}

async function people(IdentityStoreId: string) {
  const client = new IdentitystoreClient({ region, endpoint });
  const groupIds: string[] = [];
  for (let index = 0; index < GROUPS; index += 1) {
    const { GroupId } = await client.send(
      new CreateGroupCommand({ IdentityStoreId, DisplayName: `Group ${index}` }),
    );
    groupIds.push(GroupId ?? "");
  }
  const Name = { GivenName: "Ada", FamilyName: "Example" };
  const { UserId } = await client.send(
    new CreateUserCommand({ IdentityStoreId, UserName: USER, DisplayName: "Ada", Name }),
  );
  return { groupIds, userId: UserId ?? "" };
}

/** Moto runs no JSONata, and a task on Lambda would need a role and a function. */
const WAITING = {
  StartAt: "Wait",
  States: {
    Wait: {
      Type: "Task",
      Resource: "arn:aws:states:::events:putEvents.waitForTaskToken",
      Parameters: {
        Entries: [
          {
            Source: "landbridge",
            DetailType: "Waiting",
            EventBusName: "default",
            Detail: { "token.$": "$$.Task.Token" },
          },
        ],
      },
      End: true,
    },
  },
};
