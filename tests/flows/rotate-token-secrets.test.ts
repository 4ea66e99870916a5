import { inspect } from "node:util";
import { answerTask, readTask, taskGuide } from "@landbridge/core";
import { answerAsOperator, OPERATOR } from "@landbridge/host/scripted-operator";
import type { Layer } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { silent } from "../support/flow-host.ts";
import { aConnectedHost, generateToken, operatorWho, tokenOfEntra } from "../support/rotation.ts";
import { consolePagesOf, watchForTaints } from "../support/taint.ts";

/** Refuses what matches, and quotes what it was sent. */
function quoting(service: string, path: RegExp): { readonly layer: Layer; begin: () => void } {
  let quotes = false;
  return {
    begin() {
      quotes = true;
    },
    layer: (name, inner) => ({
      async fetch(request) {
        if (!quotes || name !== service || !path.test(new URL(request.url).pathname))
          return inner.fetch(request);
        const message = `You sent ${await request.text()} with ${request.headers.get("authorization")}`;
        return service === "scim"
          ? Response.json({ detail: message }, { status: 401 })
          : Response.json({ error: { code: "BadRequest", message } }, { status: 400 });
      },
    }),
  };
}

const TROUBLE = {
  "goes well": { service: "none", path: /^$/, ends: "SUCCEEDED" },
  "meets an Entra that quotes the token when it refuses it": {
    service: "graph",
    path: /\/validateCredentials$/,
    ends: "FAILED",
  },
  "meets an Entra that quotes the token instead of saving it": {
    service: "graph",
    path: /\/secrets$/,
    ends: "FAILED",
  },
  "meets an AWS that quotes the token when it refuses it": {
    service: "scim",
    path: /\/Users$/,
    ends: "FAILED",
  },
} as const;

describe("SCIM tokens, while a rotation", () => {
  it.each(Object.entries(TROUBLE))(
    "%s, appear in no state, history, log, event, error, record, object or page",
    async (_what, { service, path, ends }) => {
      const quotes = quoting(service, path);
      const taints = watchForTaints(quotes.layer);
      const canaries: string[] = [];
      const { host } = await aConnectedHost({
        ...taints.options,
        operator: operatorWho({
          async "new-scim-token"(running, task) {
            const { subject } = await readTask(task.taskId, running.deps);
            taints.sinks.push(JSON.stringify([subject, taskGuide(subject)]));
            const { token } = await generateToken(running);
            canaries.push(token);
            const answering = { ...running.deps, answeredBy: OPERATOR };
            await answerTask(task.taskId, { newToken: `${token}x` }, answering).catch((error: unknown) =>
              taints.sinks.push(inspect(error, { depth: 12 })),
            );
            quotes.begin();
            await answerTask(task.taskId, { newToken: token }, answering).catch((error: unknown) => {
              taints.sinks.push(inspect(error, { depth: 12 }));
              // Cannot be answered: the scripted operator gives up.
              return answerAsOperator(running, task);
            });
          },
        }),
      });
      canaries.push(tokenOfEntra(host));

      const reports = await host.run("rotate-token", { force: true }, silent);

      const history = await host.deps.executions.read(reports[0]?.executionArn ?? "");
      const sinks = [
        ...taints.sinks,
        JSON.stringify({ reports, history, seen: host.seen, calls: host.sandbox.calls.calls }),
        await consolePagesOf(host),
      ].join("\n");
      expect(reports[0]?.status).toBe(ends);
      // Proves that it listens at all.
      for (const known of ["InspectToken", "SendTaskSuccess", "formerScim", "Token ID", "Builder"])
        if (ends === "SUCCEEDED") expect(sinks).toContain(known);
      expect(canaries).toHaveLength(2);
      for (const canary of canaries) {
        expect(sinks.includes(canary)).toBe(false);
        expect(sinks.includes(canary.slice(20, 60))).toBe(false);
        expect(sinks.includes(Buffer.from(canary).toString("base64").slice(20, 60))).toBe(false);
      }
    },
  );
});
