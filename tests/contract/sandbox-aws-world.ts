import { makeAws } from "@landbridge/aws";
import { makeInProcessHandler } from "@landbridge/host/in-process";
import { contractLayer } from "@landbridge/contract-check";
import { LocalStepFunctions, makeStepFunctionsService } from "@landbridge/local";
import {
  createSandbox,
  DirectoryFile,
  makeVirtualClock,
  OrganizationFile,
  Random,
  type Sandbox,
  type SandboxClock,
} from "@landbridge/sandbox";
import { ACTIVE_ACCOUNTS, type AwsWorld, GROUPS, NAMES, TAGS, USER } from "./aws-world.ts";
import { prepareAccount } from "./prepare-account.ts";
import { startWaiting } from "./start-waiting.ts";

const region = "eu-central-1";

/** The company in the sandbox: in process, on a virtual clock, every exchange checked against AWS's models. */
export async function aSandboxAwsWorld(): Promise<AwsWorld> {
  const clock = makeVirtualClock();
  const sandbox = createSandbox({
    organization: organizationFile(),
    directory: DirectoryFile.parse({ tenant: { name: "Example" } }),
    clock,
    layers: [contractLayer("client")],
  });
  mountStepFunctions(sandbox, clock);
  const config = {
    region,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    endpoint: "http://127.0.0.1",
    requestHandler: makeInProcessHandler((request) => sandbox.fetch(request)),
  };
  const { identityStore, organization } = sandbox.states;
  const accounts = [...organization.accounts.values()];
  const name = { givenName: "Ada", familyName: "Example" };
  return {
    ports: makeAws({ ...config, clock, tableName: NAMES.table, bucketName: NAMES.bucket }),
    clock,
    instance: {
      instanceArn: sandbox.states.identityCenter.instanceArn,
      identityStoreId: identityStore.identityStoreId,
      ownerAccountId: organization.managementAccountId,
      region,
    },
    accountIds: accounts.filter((account) => account.name.startsWith("Production")).map(({ id }) => id),
    suspendedAccountId: accounts.find((account) => account.name === "Closed")?.id ?? "",
    managementAccountId: organization.managementAccountId,
    groupIds: Array.from(
      { length: GROUPS },
      (_, index) => identityStore.createGroup({ displayName: `Group ${index}` }).id,
    ),
    userId: identityStore.createUser({ userName: USER, displayName: "Ada", name, active: true }).id,
    ...(await prepareAccount(config)),
    startWaiting: () => startWaiting(config, WAITING, () => clock.sleep(1000)),
  };
}

function organizationFile(): OrganizationFile {
  const production = Array.from({ length: ACTIVE_ACCOUNTS }, (_, index) => ({
    name: `Production ${index}`,
    ...(index === 0 && { tags: TAGS }),
  }));
  const closed = { name: "Closed", state: "SUSPENDED" };
  return OrganizationFile.parse({
    region,
    managementAccount: "Management",
    accounts: [{ name: "Management" }],
    units: [{ name: "Workloads", units: [{ name: "Production", accounts: [...production, closed] }] }],
  });
}

const WAITING = {
  QueryLanguage: "JSONata",
  StartAt: "Wait",
  States: {
    Wait: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Arguments: {
        FunctionName: `arn:aws:lambda:${region}:123456789012:function:ask`,
        Payload: { token: "{% $states.context.Task.Token %}" },
      },
      End: true,
    },
  },
};

function mountStepFunctions(sandbox: Sandbox, clock: SandboxClock): void {
  const random = new Random(1);
  const stepFunctions = new LocalStepFunctions({
    clock,
    region,
    accountId: sandbox.states.organization.managementAccountId,
    invokeLambda: async () => ({}),
    newId: () => random.uuid(),
  });
  sandbox.mount("states", makeStepFunctionsService(stepFunctions));
}
