import type { Executions } from "@landbridge/core";
import { FlowError } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import type { ApiDeps } from "./api-env.ts";
import type { Caller } from "./caller.ts";
import { makeApi } from "./make-api.ts";
import { ownRoute } from "./own-route.ts";

/** An API that notes what it starts, and has these objects. */
function apiWith(objects: Readonly<Record<string, string>> = {}) {
  const started: { flow: string; name: string | undefined }[] = [];
  const read: string[] = [];
  const start: Executions["start"] = async (flow, _input, name) => {
    started.push({ flow, name });
    return "arn:aws:states:eu-central-1:111122223333:execution:x:y";
  };
  const deps = {
    events: { emit: () => undefined },
    executions: { start },
    objects: {
      readText: async (key: string) => {
        read.push(key);
        const text = objects[key];
        if (text === undefined) throw new FlowError("IncompleteRead", key);
        return text;
      },
    },
  } as unknown as ApiDeps;
  const as = (name: string) => {
    const caller: Caller = { name, roles: new Set(["reader", "operator"]) };
    return makeApi({ deps, authenticate: () => caller, routeKeyOf: ownRoute, onFailure: () => undefined });
  };
  return { as, started, read };
}

function startWith(idempotencyKey: string) {
  const headers = { "content-type": "application/json", "idempotency-key": idempotencyKey };
  return { method: "POST", headers, body: "{}" };
}

describe("an idempotency key", () => {
  it("is its caller's own: the same one of somebody else starts something else", async () => {
    const { as, started } = apiWith();
    for (const name of ["ada", "bo", "ada"])
      await as(name).request("/v1/flows/connect/executions", startWith("release-1"));
    const [ada, bo, adaAgain] = started;
    expect(bo?.name).not.toBe(ada?.name);
    expect(adaAgain).toEqual(ada);
    expect(ada?.name).toMatch(/^[\w-]{1,80}$/);
  });
});

function report(planKey: string): string {
  const at = "2026-11-24T08:00:00.000Z";
  return JSON.stringify({ execution: "one", at, result: "planned", plan: { planKey, planHash: "" } });
}

describe("the plan of an execution", () => {
  it.each(["policy/access.yaml", "sync-access/plan/../../connect/x.json", "sync-access/instance/1.json"])(
    "is never read from %s, even if a report says so",
    async (planKey) => {
      const key = "sync-access/reports/one.json";
      const { as, read } = apiWith({ [key]: report(planKey), [planKey]: "{}" });
      const response = await as("rita").request("/v1/sync-access/one/plan");
      expect(response.status).toBe(500);
      expect(read).toEqual([key]);
    },
  );

  it.each(["..%2F..%2Fpolicy", "..", "a%00b", "x".repeat(81)])(
    "is not looked for under the name %s",
    async (name) => {
      const { as, read } = apiWith();
      expect((await as("rita").request(`/v1/sync-access/${name}/plan`)).status).toBeGreaterThanOrEqual(400);
      expect(read).toEqual([]);
    },
  );
});
