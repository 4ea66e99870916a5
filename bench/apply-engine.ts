import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { makeAws, tableDefinition } from "@landbridge/aws";
import { makeInProcessHandler } from "@landbridge/host/in-process";
import { createSandbox, DirectoryFile, makeVirtualClock, OrganizationFile } from "@landbridge/sandbox";
import { applyAssignments } from "../packages/core/src/apply/apply-assignments.ts";
import type { AssignmentChange } from "../packages/core/src/plan/plan.ts";
import { aPlan } from "../packages/core/test-support/sample-plan.ts";
import { aSpec } from "../packages/core/test-support/sample-world.ts";
import { atMost, type Measurement } from "./measurement.ts";

const ASSIGNMENTS = 10_000;
const ACCOUNTS = 200;
const SEEDS = Number(process.env["BENCH_SEEDS"] ?? 20);
/** AWS's quotas (IAM Identity Center user guide, "Quotas") and the sandbox's mean latency. */
const OUTSTANDING = 15;
const CALLS_PER_SECOND = 20;
const MEAN_LATENCY_SECONDS = 3;
const region = "eu-central-1";

/** The real engine and AWS SDK clients on the sandbox, in virtual time: the worst of the seeds. */
export async function applyEngine(): Promise<Measurement[]> {
  const bound = Math.max(ASSIGNMENTS / CALLS_PER_SECOND, (ASSIGNMENTS * MEAN_LATENCY_SECONDS) / OUTSTANDING);
  const runs: Run[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) runs.push(await apply(seed));
  const worst = (of: (run: Run) => number) => Math.max(...runs.map(of));
  const name = `apply ${ASSIGNMENTS.toLocaleString("en")}, worst of ${SEEDS} seeds`;
  return [
    atMost({ name, value: worst(({ seconds }) => seconds), unit: "virtual s", bound, limit: bound * 1.1 }),
    atMost({
      name: "sso-admin calls an assignment",
      value: worst(({ calls }) => calls / ASSIGNMENTS),
      unit: "calls",
      bound: 1,
      limit: 1.5,
    }),
    atMost({
      name: "self-inflicted throttles",
      value: worst(({ refused }) => refused),
      unit: "calls",
      limit: 0,
    }),
  ];
}

interface Run {
  readonly seconds: number;
  readonly calls: number;
  readonly refused: number;
}

async function apply(seed: number): Promise<Run> {
  const clock = makeVirtualClock();
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => ({ name: `Account ${index}` }));
  const sandbox = createSandbox({
    organization: OrganizationFile.parse({ region, managementAccount: "Account 0", accounts }),
    directory: DirectoryFile.parse({ tenant: { name: "Bench" } }),
    clock,
    seed,
  });
  const client = {
    region,
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    endpoint: "http://127.0.0.1",
    requestHandler: makeInProcessHandler((request) => sandbox.fetch(request)),
  };
  await new DynamoDBClient(client).send(new CreateTableCommand(tableDefinition("bench")));
  const ports = makeAws({ ...client, clock, tableName: "bench", bucketName: "bench" });
  const instance = await ports.identityCenter.readInstance();
  const arn = await ports.identityCenter.createPermissionSet(instance, "ReadOnly", aSpec());
  const changes = someChanges(sandbox);
  const plan = aPlan(changes);

  const callsBefore = sandbox.calls.calls.length;
  const start = clock.now();
  const outcome = await applyAssignments(
    {
      planId: "bench",
      proof: { plan, check: () => Promise.resolve() },
      instance,
      permissionSetArns: { ReadOnly: arn },
      principals: [],
      deadline: Number.POSITIVE_INFINITY,
    },
    { ...ports, clock, events: { emit: () => undefined } },
  );
  if (outcome.created !== ASSIGNMENTS)
    throw new Error(`Seed ${seed}: ${JSON.stringify(outcome).slice(0, 300)}`);
  const calls = sandbox.calls.calls.slice(callsBefore).filter(({ service }) => service === "sso-admin");
  sandbox.close();
  return {
    seconds: (clock.now() - start) / 1000,
    calls: calls.length,
    refused: calls.filter(({ status }) => status !== 200).length,
  };
}

function someChanges(sandbox: ReturnType<typeof createSandbox>): AssignmentChange[] {
  const { organization, identityStore } = sandbox.states;
  const ids = [...organization.accounts.keys()];
  const groups = Array.from({ length: ASSIGNMENTS / ACCOUNTS }, (_, index) =>
    identityStore.createGroup({ displayName: `Group ${index}` }),
  );
  return ids.flatMap((accountId) =>
    groups.map((group): AssignmentChange => ({
      action: "create",
      accountId,
      accountName: accountId,
      permissionSet: "ReadOnly",
      principal: { type: "GROUP", directoryId: null, principalId: group.id, name: group.id },
      reason: { rule: "bench", where: null, text: "bench" },
    })),
  );
}
