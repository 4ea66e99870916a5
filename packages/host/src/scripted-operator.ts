import {
  answerTask,
  declineTask,
  FlowError,
  isFlowError,
  readTask,
  type TaskSubject,
} from "@landbridge/core";
import type { LocalHost, OperatorTaskOpened } from "./local-host.ts";

/** The user who answers the demo's tasks. */
export const OPERATOR = "operator of the sandbox";

const UNTIL_ANOTHER_TRY_MILLISECONDS = 60_000;

/** Does in the sandbox's AWS console what a person would do in the real one, and answers the task. */
export async function answerAsOperator(host: LocalHost, task: OperatorTaskOpened): Promise<void> {
  const { taskId } = task;
  try {
    const { subject } = await readTask(taskId, host.deps);
    await answerTask(taskId, await clickThrough(host, subject), { ...host.deps, answeredBy: OPERATOR });
  } catch (error) {
    // No flow waits for this answer any more.
    if (isFlowError(error, "TaskAlreadyAnswered", "TaskExpired")) return;
    if (error instanceof FlowError && error.retryable) {
      await host.deps.clock.sleep(UNTIL_ANOTHER_TRY_MILLISECONDS);
      return answerAsOperator(host, task);
    }
    // A task that cannot be done must not leave the flow waiting forever.
    const reason = error instanceof Error ? error.message : String(error);
    await declineTask(taskId, reason, { ...host.deps, answeredBy: OPERATOR });
  }
}

/** The operator's answer, after doing the step in the console. */
export async function clickThrough(host: LocalHost, subject: TaskSubject): Promise<unknown> {
  const console = awsConsole(host);
  switch (subject.kind) {
    case "service-provider-metadata":
      return { metadata: await console.download("saml/sp-metadata.xml") };
    case "identity-source-change": {
      const metadata = await host.deps.objects.readText(subject.metadataKey);
      await console.submit("identity-source", { metadata, confirmation: "ACCEPT" });
      return { confirmation: "ACCEPT" };
    }
    case "scim-credentials": {
      const { endpoint } = await console.submit("provisioning", {});
      // At most two are allowed; those of failed earlier attempts make room.
      const tokens = await listTokens(console);
      for (const { id } of tokens.slice(1)) await console.remove(`provisioning/tokens/${id}`);
      const { token, expiresAt } = await console.submit("provisioning/tokens", {});
      return { endpoint, token, expiresAt };
    }
    case "test-sign-in": {
      await console.submit("sign-in", { userName: subject.examples[0] });
      return { confirmation: "WORKS" };
    }
    case "new-scim-token": {
      const used = await tokenExpiring(console, subject.inUse.expiresAt);
      // Two are the most there may be.
      for (const { id } of await listTokens(console))
        if (id !== used) await console.remove(`provisioning/tokens/${id}`);
      const { token, expiresAt } = await console.submit("provisioning/tokens", {});
      return { newToken: token, expiresAt };
    }
    case "old-token-deletion":
      await console.remove(`provisioning/tokens/${await tokenExpiring(console, subject.old.expiresAt)}`);
      return { confirmation: "DELETED" };
    case "certificate-upload": {
      const certificate = await host.deps.objects.readText(subject.certificateKey);
      await console.submit("identity-source/certificates", { certificate });
      return { confirmation: "IMPORTED" };
    }
    case "old-certificate-removal": {
      const path = "identity-source/certificates";
      const { certificates } = await console.look<{ certificates: { thumbprint: string }[] }>(path);
      for (const { thumbprint } of certificates)
        if (thumbprint !== subject.to) await console.remove(`${path}/${thumbprint}`);
      return { confirmation: "REMOVED" };
    }
    case "plan-approval":
      throw new Error("the scripted operator approves nothing");
  }
}

type Console = ReturnType<typeof awsConsole>;

interface ListedToken {
  readonly id: string;
  readonly expiresAt: string;
}

async function listTokens(console: Console): Promise<ListedToken[]> {
  return (await console.look<{ tokens: ListedToken[] }>("provisioning/tokens")).tokens;
}

/**
 * Id of the token with that expiry, or the nearest one: for some, Landbridge knows only the day. Undefined if there are no
 * tokens.
 */
async function tokenExpiring(console: Console, time: string): Promise<string | undefined> {
  const distance = ({ expiresAt }: ListedToken) => Math.abs(Date.parse(expiresAt) - Date.parse(time));
  const [nearest] = (await listTokens(console)).toSorted((a, b) => distance(a) - distance(b));
  return nearest?.id;
}

/** The sandbox's substitute for the pages of AWS's console. Throws the page's error. */
export function awsConsole({ sandbox }: Pick<LocalHost, "sandbox">) {
  async function request(path: string, init?: RequestInit): Promise<Response> {
    const response = await sandbox.fetch(new Request(`http://127.0.0.1/console/api/${path}`, init));
    if (response.ok) return response;
    throw new Error(`the operator console, ${path}: ${await response.text()}`);
  }
  return {
    async download(path: string): Promise<string> {
      return (await request(path)).text();
    },
    async look<T>(path: string): Promise<T> {
      return (await request(path)).json() as Promise<T>;
    },
    async remove(path: string): Promise<void> {
      await request(path, { method: "DELETE" });
    },
    async submit(path: string, body: object): Promise<Record<string, unknown>> {
      const headers = { "content-type": "application/json" };
      const response = await request(path, { method: "POST", headers, body: JSON.stringify(body) });
      return (await response.json()) as Record<string, unknown>;
    },
  };
}
