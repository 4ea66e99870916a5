import {
  answerTask,
  type Connection,
  declineTask,
  isFlowError,
  readHealth,
  type TaskKindName,
} from "@landbridge/core";
import { answerAsOperator, OPERATOR } from "@landbridge/host/scripted-operator";
import type { Layer } from "@landbridge/sandbox";
import { describe, expect, it, vi } from "vitest";
import { type FlowHost, silent } from "../support/flow-host.ts";
import { aConnectedHost, connectionOf, generateToken } from "../support/rotation.ts";

const FOREIGN = {
  ScimEndpointRefused: "https://scim.eu-central-1.amazonaws.com.attacker.example/x/scim/v2",
  ScimEndpointOfAnotherRegion: "https://scim.us-east-1.amazonaws.com/x/scim/v2",
} as const;
type Refusal = keyof typeof FOREIGN;

/** Records requests to hosts on the internet, and what Entra is told. */
function watchRequests() {
  const sent: string[] = [];
  const layer: Layer = (service, inner) => ({
    async fetch(request) {
      if (service === "graph" && request.method !== "GET") sent.push(await request.clone().text());
      return inner.fetch(request);
    },
  });
  return {
    layer,
    sent,
    watch({ sandbox }: FlowHost) {
      const network = sandbox.network.bind(sandbox);
      vi.spyOn(sandbox, "network").mockImplementation((request) => {
        sent.push(`${request.url} ${request.headers.get("authorization")}`);
        return network(request);
      });
    },
  };
}

/** Somebody who may write the table has every SCIM token of the connection go elsewhere. */
async function redirectTokens(host: FlowHost, endpoint: string): Promise<Connection> {
  const connection = await connectionOf(host);
  const scim = { ...connection.scim, endpoint };
  const redirected = { ...connection, scim, nextScim: scim, formerScim: scim };
  await host.deps.records.put("connection", "connection", redirected);
  return redirected;
}

async function aRedirectedHost(refusal: Refusal, options: Parameters<typeof aConnectedHost>[0] = {}) {
  const requests = watchRequests();
  const { host } = await aConnectedHost({ ...options, layers: [requests.layer] });
  requests.watch(host);
  const connection = await redirectTokens(host, FOREIGN[refusal]);
  return {
    host,
    connection,
    expectNothingSent() {
      const { hostname } = new URL(FOREIGN[refusal]);
      expect(requests.sent.filter((text) => text.includes(hostname))).toEqual([]);
    },
  };
}

const REFUSALS = Object.keys(FOREIGN) as Refusal[];

describe.each(REFUSALS)("a connection record that leads SCIM tokens elsewhere (%s)", (refusal) => {
  it("ends every step that would use them, before anything is sent", async () => {
    const { host, connection, expectNothingSent } = await aRedirectedHost(refusal);
    const { application, identityStoreId, scim } = connection;
    const { versionId } = scim?.secret ?? { versionId: "" };
    const instance = await host.deps.identityCenter.readInstance();
    const request = { force: true, reason: null, requestedBy: null };
    const steps = {
      "rotate-token/inspect-token": { request, executionArn: "arn:aws:states:::execution:rotate-token:one" },
      "rotate-token/probe-token": {},
      "rotate-token/install-token": { versionId },
      "rotate-token/check-old-token": {},
      "rotate-token/restore-previous-token": { versionId },
      "connect/configure-provisioning": { instance: { ...instance, identityStoreId }, application, scim },
    };
    for (const [name, input] of Object.entries(steps))
      await expect(host.invoke(name, input), name).rejects.toMatchObject({ name: refusal });
    expectNothingSent();
  });

  it("ends rotate-token with the reason", async () => {
    const { host, expectNothingSent } = await aRedirectedHost(refusal);
    const [report] = await host.run("rotate-token", { force: true }, silent);
    expect(report).toMatchObject({ status: "FAILED", error: refusal });
    expectNothingSent();
  });

  it("is found by the watch", async () => {
    const { host, expectNothingSent } = await aRedirectedHost(refusal);
    await host.run("watch", { concerns: ["scim-endpoint"] }, silent);
    const health = await readHealth(host.deps);
    const report = health?.concerns.find(({ concern }) => concern === "scim-endpoint");
    expect(report?.findings).toMatchObject([{ code: "ScimEndpointRefused", severity: "critical" }]);
    expectNothingSent();
  });

  it("has connect warn and ask for endpoint and token again", async () => {
    const { host, expectNothingSent } = await aRedirectedHost(refusal);
    const [report] = await host.run("connect", {}, silent);
    expect(report).toMatchObject({ status: "SUCCEEDED" });
    const warnings = host.seen.filter(({ code }) => code === "warning.raised");
    expect(JSON.stringify(warnings)).toContain("The connection record cannot be trusted");
    const { scim } = await connectionOf(host);
    expect(scim.endpoint).toMatch(/^https:\/\/scim\.eu-central-1\.amazonaws\.com\//);
    expectNothingSent();
  });
});

type Answer = (host: FlowHost) => Promise<object>;
const ANSWERS: Partial<Record<TaskKindName, Answer>> = {
  "new-scim-token": async (host) => ({ newToken: (await generateToken(host)).token }),
  "old-token-deletion": async () => ({ confirmation: "DELETED" }),
};

describe("a task record that leads SCIM tokens elsewhere", () => {
  it.each(Object.entries(ANSWERS))("lets no answer to %s through", async (kind, answer) => {
    const told: unknown[] = [];
    const requests = watchRequests();
    const { host } = await aConnectedHost({
      layers: [requests.layer],
      async operator(running, task) {
        if (task.kind !== kind) return answerAsOperator(running, task);
        const { taskId } = task;
        const stored = (await running.deps.records.get("task", taskId))?.value as { subject: object };
        const subject = { ...stored.subject, endpoint: FOREIGN.ScimEndpointRefused };
        await running.deps.records.put("task", taskId, { ...stored, subject });
        requests.watch(host);
        const answering = { ...running.deps, answeredBy: OPERATOR };
        await answerTask(taskId, await answer(host), answering).catch((error: unknown) => told.push(error));
        await declineTask(taskId, "somebody has changed it", answering);
      },
    });

    await host.run("rotate-token", { force: true }, silent);

    expect(told.map((error) => isFlowError(error) && error.name)).toEqual(["ScimEndpointRefused"]);
    expect(requests.sent.filter((text) => text.includes("attacker.example"))).toEqual([]);
  });
});
