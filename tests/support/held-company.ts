import {
  answerTask,
  declineTask,
  type Execution,
  isFlowError,
  listOpenTasks,
  listTasks,
  type OperatorTask,
  proposePolicy,
  remindOperators,
} from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, onTestFinished } from "vitest";
import { aFlowHost, type FlowHost, silent } from "./flow-host.ts";
import { SMALL_POLICY } from "./small-company.ts";

/** The auditors lose their two assignments. */
export const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));

/** People as AWS knows them after a sign-in through IAM Identity Center. */
export function signedIn(name: string, permissionSet = "PlatformAdmin"): string {
  return `arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_${permissionSet}_0123456789abcdef/${name}@small.example`;
}

export const ADA = signedIn("ada");
export const BO = signedIn("bo");
export const CLEO = signedIn("cleo");

/** The only approver that the deployment names for plans with an unknown author. */
const APPROVERS = "cleo@small.example";

/**
 * A connected company whose plans are held if they delete more than one assignment; no approval is answered automatically.
 */
export async function aHeldCompany(options: Parameters<typeof aFlowHost>[0] = {}): Promise<FlowHost> {
  const host = await aFlowHost({
    ...options,
    variables: { LANDBRIDGE_MAX_DELETIONS: "1", LANDBRIDGE_APPROVERS: APPROVERS, ...options.variables },
    operator: (running, task) =>
      task.kind === "plan-approval" ? Promise.resolve() : answerAsOperator(running, task),
  });
  const [report] = await host.run("connect", {}, silent);
  expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
  expect(host.sandbox.assignments()).toHaveLength(8);
  host.seen.length = 0;
  return host;
}

/** Copies a policy into the bucket, past Landbridge. */
export async function copyPolicy({ deps }: FlowHost, text: string): Promise<void> {
  await deps.objects.putText(deps.settings.policyKey, text);
}

/** Proposes a policy and starts its run. @returns the ARN of the execution */
export async function propose(
  { deps }: FlowHost,
  text: string,
  { author, starter }: { readonly author: string; readonly starter: string },
): Promise<string> {
  const proposal = await proposePolicy(text, author, deps);
  return deps.executions.start("sync-access", {
    scope: "full",
    mode: "apply",
    proposal,
    requestedBy: starter,
  });
}

/** Starts a flow as somebody else than Landbridge, as from the console. @returns the ARN of the execution */
export async function startAs(
  host: FlowHost,
  accessKeyId: string,
  { flow, input }: { readonly flow: "sync-access" | "drain-changes"; readonly input: object },
): Promise<string> {
  const client = new SFNClient({ ...host.client, credentials: { accessKeyId, secretAccessKey: "x" } });
  onTestFinished(() => client.destroy());
  const stateMachineArn = host.runtime.stateMachineArns.get(flow);
  const started = await client.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return started.executionArn ?? "";
}

/** The schedule fires; waits until its run has ended or holds a plan. */
export async function daily(host: FlowHost): Promise<string> {
  const { executionArn } = (await host.invoke("events/start-daily-sync", {})) as { executionArn: string };
  await settled(host, executionArn);
  return executionArn;
}

/** Waits until a run has ended, or asks for its approval. */
export async function settled(host: FlowHost, executionArn: string): Promise<void> {
  for (let minute = 0; minute < 60; minute += 1) {
    if ((await host.deps.executions.status(executionArn)) !== "RUNNING") return;
    const open = await listOpenTasks(host.deps);
    if (open.some((task) => task.executionArn === executionArn)) return;
    await host.deps.clock.sleep(60_000);
  }
  throw new Error(`${executionArn} neither ends nor asks`);
}

/** The task that a run asks with. */
export async function taskOf(host: FlowHost, executionArn: string): Promise<OperatorTask> {
  await settled(host, executionArn);
  const task = (await listOpenTasks(host.deps)).find((one) => one.executionArn === executionArn);
  if (!task) throw new Error(`${executionArn} asks for nothing`);
  return task;
}

/** Name of the refusal, or `approved`. */
export async function approve(host: FlowHost, { id }: OperatorTask, answeredBy: string): Promise<string> {
  try {
    await answerTask(id, { confirmation: "APPROVE" }, { ...host.deps, answeredBy });
    return "approved";
  } catch (error) {
    if (isFlowError(error)) return error.name;
    throw error;
  }
}

export async function decline(host: FlowHost, { id }: OperatorTask, answeredBy: string): Promise<void> {
  await declineTask(id, "not today", { ...host.deps, answeredBy });
}

/** Approvals that were ever asked for, the oldest first. */
export async function approvals({ deps }: FlowHost): Promise<OperatorTask[]> {
  const all = (await listTasks(deps)).filter(({ subject }) => subject.kind === "plan-approval");
  return all.toSorted((a, b) => a.openedAt.localeCompare(b.openedAt));
}

export async function running({ deps }: FlowHost): Promise<Execution[]> {
  return (await deps.executions.list("sync-access")).filter(({ status }) => status === "RUNNING");
}

/** The result of a run. */
export async function ended(host: FlowHost, executionArn: string) {
  await host.runtime.stepFunctions.untilEnded(executionArn);
  const { status, output, error } = await host.deps.executions.read(executionArn);
  return { status, error, output: output as Record<string, unknown> | null };
}

/** A day passes, with its reminder of open tasks. */
export async function passDay(host: FlowHost): Promise<void> {
  await host.deps.clock.sleep(24 * 3_600_000);
  await remindOperators(host.deps);
}
