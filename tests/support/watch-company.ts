import {
  type Concern,
  type Finding,
  type HealthDocument,
  readConnection,
  readHealth,
} from "@landbridge/core";
import { expect } from "vitest";
import { aFlowHost, type FlowHost, silent } from "./flow-host.ts";

/** A company that connect has been run for. */
export async function aConnectedCompany(options: Parameters<typeof aFlowHost>[0] = {}): Promise<FlowHost> {
  const host = await aFlowHost(options);
  const [report] = await host.run("connect", {}, silent);
  expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
  return host;
}

/** Runs the flow and reads its document. */
export async function watch(host: FlowHost, input: object = {}): Promise<HealthDocument> {
  const [report] = await host.run("watch", input, silent);
  expect(report).toMatchObject({ name: "watch", status: "SUCCEEDED", error: null });
  const health = await readHealth(host.deps);
  if (!health) throw new Error("The watch has left no health document");
  return health;
}

export function report({ concerns }: HealthDocument, concern: Concern) {
  return concerns.find((one) => one.concern === concern);
}

/** `ScimTokenExpiring critical`, of one concern or of all. */
export function codes(health: HealthDocument, concern?: Concern): string[] {
  return findings(health, concern).map(({ code, severity }) => `${code} ${severity}`);
}

export function findings({ concerns }: HealthDocument, concern?: Concern): Finding[] {
  return concerns
    .filter((one) => concern === undefined || one.concern === concern)
    .flatMap((one) => one.findings);
}

/** Lets time pass, on the virtual clock; without the job's cycles when it is paused. */
export async function passDays({ deps }: FlowHost, days: number): Promise<void> {
  await deps.clock.sleep(days * 86_400_000);
}

/** What sync-access, watch and rotation know about the enterprise application and its job. */
export async function provisioningOf({ deps }: FlowHost) {
  const { application, jobId, scim } = await readConnection(deps.records);
  if (!application || !jobId || !scim) throw new Error("connect has not finished");
  return { application, jobId, scim };
}
