import type { LocalHost, OperatorTaskOpened } from "@landbridge/host/local-host";
import { answerAsOperator, awsConsole, OPERATOR } from "@landbridge/host/scripted-operator";
import { answerTask, type Connection, readConnection, type TaskKindName } from "@landbridge/core";
import type { Layer } from "@landbridge/sandbox";
import { expect } from "vitest";
import { aFlowHost, type FlowHost, silent } from "./flow-host.ts";

/** A connected company; the time is the end of connect. */
export async function aConnectedHost(options: Parameters<typeof aFlowHost>[0] = {}) {
  const host = await aFlowHost(options);
  return { host, connection: await connect(host) };
}

export async function connect(host: FlowHost): Promise<Required<Connection>> {
  const [report] = await host.run("connect", {}, silent);
  expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
  host.seen.length = 0;
  return connectionOf(host);
}

export async function connectionOf({ deps }: FlowHost): Promise<Required<Connection>> {
  return (await readConnection(deps.records)) as Required<Connection>;
}

/** The token that Entra pushes with. */
export function tokenOfEntra({ sandbox }: FlowHost): string {
  const principals = sandbox.entra.applications().map(({ servicePrincipal }) => servicePrincipal);
  const tokens = principals.flatMap((one) => one?.secrets.get("SecretToken") ?? []);
  expect(tokens).toHaveLength(1);
  return tokens[0] ?? "";
}

/** Whether AWS accepts a token at this instant. */
export function awsAccepts({ sandbox: { states, console: page } }: FlowHost, token: string): boolean {
  const [, tenantId = ""] = /amazonaws\.com\/([^/]+)\//.exec(page.scimEndpoint() ?? "") ?? [];
  return states.scim.accepts(tenantId, token);
}

/**
 * Records every instant at which Entra has a token that AWS does not accept. It checks after each request: only requests
 * change tokens, and they are frequent enough to see one expire.
 */
export function watchTokens() {
  const gaps: string[] = [];
  let watched: FlowHost | null = null;
  const layer: Layer = (service, inner) => ({
    async fetch(request) {
      const { method, url } = request;
      const response = await inner.fetch(request);
      if (watched && !awsAccepts(watched, tokenOfEntra(watched))) {
        const at = new Date(watched.deps.clock.now()).toISOString();
        gaps.push(`${at} after ${service} ${method} ${new URL(url).pathname}`);
      }
      return response;
    },
  });
  return {
    layer,
    gaps,
    /** From when Entra has a token. */
    watch(host: FlowHost) {
      watched = host;
    },
  };
}

/** Everybody has the same one token: Entra, AWS, the connection record and the secret store. */
export async function expectSettled(host: FlowHost): Promise<void> {
  const { scim, nextScim = null, formerScim = null } = await readConnection(host.deps.records);
  if (!scim) throw new Error("The connection record names no token");
  const { versions } = host.sandbox.states.secrets.find(scim.secret.name);
  const current = [...versions.values()].find(({ stages }) => stages.has("AWSCURRENT"));
  expect({
    entraHasIt: tokenOfEntra(host) === (await host.deps.secrets.read(scim.secret)),
    accepted: awsAccepts(host, tokenOfEntra(host)),
    tokens: host.sandbox.console.listTokens().length,
    current: current?.id,
    nextScim,
    formerScim,
  }).toEqual({
    entraHasIt: true,
    accepted: true,
    tokens: 1,
    current: scim.secret.versionId,
    nextScim: null,
    formerScim: null,
  });
}

type Act = (host: LocalHost, task: OperatorTaskOpened) => Promise<void>;

/** An operator who does some kinds of task otherwise than the scripted one. */
export function operatorWho(acts: Partial<Record<TaskKindName, Act>>): Act {
  return (host, task) => (acts[task.kind as TaskKindName] ?? answerAsOperator)(host, task);
}

/** Names of the kinds of task that were opened since time began, or since `seen` was emptied. */
export function tasksOpened({ seen }: FlowHost): string[] {
  return seen
    .filter(({ code }) => code === "operator-task.opened")
    .map(({ payload }) => (payload as OperatorTaskOpened).kind);
}

/** Answers; a refusal is returned by its name, and the task is still open. */
export async function tryAnswer(host: LocalHost, taskId: string, answer: object): Promise<string> {
  return answerTask(taskId, answer, { ...host.deps, answeredBy: OPERATOR }).then(
    () => "accepted",
    (error: Error) => error.name,
  );
}

/** A token made in AWS's console. */
export async function generateToken(host: LocalHost): Promise<{ id: string; token: string }> {
  return (await awsConsole(host).submit("provisioning/tokens", {})) as { id: string; token: string };
}
