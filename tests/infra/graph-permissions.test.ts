import { GRAPH_PERMISSIONS, type GraphPermission, WATCH_GROUPS } from "@landbridge/entra";
import type { Layer } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";

const NEEDS: Readonly<Record<string, GraphPermission>> = { ...GRAPH_PERMISSIONS, watchGroups: WATCH_GROUPS };
const LEAST = [...new Set(Object.values(NEEDS).map(({ anyOf: [least] }) => least))];

interface Call {
  readonly method: string;
  /** Below `/v1.0`. */
  readonly path: string;
  readonly body: object | undefined;
}

const FLOWS = [
  ["connect", {}],
  ["watch", {}],
  ["provision", { name: "ada@small.example" }],
  ["rotate-token", { reason: "leak", requestedBy: "Ada" }],
  ["rotate-certificate", { force: true }],
] as const;

/** One call of each kind: ids apart, the same path needs the same permission. */
function recorder() {
  const calls = new Map<string, Call>();
  const layer: Layer = (service, inner) => ({
    async fetch(request) {
      if (service === "graph") {
        const { pathname, search } = new URL(request.url);
        const path = `${pathname.replace(/^.*?\/v1\.0/, "")}${search}`;
        const text = await request.clone().text();
        const call = {
          method: request.method,
          path,
          body: text === "" ? undefined : (JSON.parse(text) as object),
        };
        calls.set(`${call.method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\?.*$/g, "")}`, call);
      }
      return inner.fetch(request);
    },
  });
  return { calls, layer };
}

/** Whether Graph refuses the call with these permissions. */
async function isRefused(host: FlowHost, { method, path, body }: Call, permissions: readonly string[]) {
  host.sandbox.entra.grant(permissions);
  return (await asAdministrator(host, method, path, body)).status === 403;
}

describe("Microsoft Graph's application permissions", () => {
  const { calls, layer } = recorder();

  // A new host each time, since every call uses it up.
  async function aCompany(): Promise<FlowHost> {
    const host = await aFlowHost({ layers: [layer], reactsToEvents: true });
    host.sandbox.entra.grant(LEAST);
    return host;
  }

  // The others depend on the calls that this one makes.
  it("that are documented are enough for every flow, the narrowest of each", async () => {
    const host = await aCompany();
    for (const [flow, input] of FLOWS) {
      for (const { name, status, error } of await host.run(flow, input, silent))
        expect({ name, status, error }).toEqual({ name, status: "SUCCEEDED", error: null });
    }
    expect(host.seen.map(({ payload }) => JSON.stringify(payload)).join("\n")).not.toContain(
      "ConsentMissing",
    );
  });

  it.each(Object.entries(NEEDS))("for %s are used", async (_name, { anyOf }) => {
    const host = await aCompany();
    const without = LEAST.filter((permission) => !anyOf.includes(permission));
    const decisive: string[] = [];
    for (const [what, call] of calls) {
      if (!(await isRefused(host, call, without))) continue;
      if (!(await isRefused(host, call, [...without, anyOf[0]]))) decisive.push(what);
    }
    expect(decisive).not.toEqual([]);
  });
});
