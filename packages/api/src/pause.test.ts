import { pauseSync } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import type { ApiDeps } from "./api-env.ts";
import type { Role } from "./caller.ts";
import { makeApi } from "./make-api.ts";
import { ownRoute } from "./own-route.ts";

/** An API over one record, which is the pause or is not there. */
function setUp() {
  let stored: unknown = null;
  const started: string[] = [];
  const records = {
    get: async () => (stored === null ? null : { id: "sync-access", value: stored, revision: 1 }),
    list: async () => [{ id: "all", value: { mark: "1", at: 0 }, revision: 1 }],
    put: async (kind: string, _id: string, value: unknown) => {
      if (kind === "pause") stored = value;
    },
    remove: async () => {
      stored = null;
    },
  };
  const deps = {
    records,
    clock: { now: () => Date.parse("2026-11-24T08:00:00Z") },
    newId: () => "id",
    events: { emit: () => undefined },
    executions: { start: async (flow: string) => started.push(flow) },
  } as unknown as ApiDeps;
  const as = (...roles: Role[]) => {
    const caller = { name: "olivia", roles: new Set(roles) };
    const api = makeApi({
      deps,
      authenticate: () => caller,
      routeKeyOf: ownRoute,
      onFailure: () => undefined,
    });
    return async (method: "GET" | "POST" | "DELETE", body?: object) => {
      const response = await api.request("/v1/pause", {
        method,
        ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    };
  };
  return { as, deps, started };
}

const PAUSE = { reason: "incident 7", by: "olivia", at: "2026-11-24T08:00:00.000Z" };

describe("the pause, through the API", () => {
  it("is an operator's to begin and to end, under the operator's own name, and a reader's to look at", async () => {
    const { as, started } = setUp();
    const [operator, reader] = [as("reader", "operator"), as("reader")];
    expect((await reader("POST", { reason: "incident 7" })).status).toBe(403);
    expect(await operator("POST", { reason: "incident 7" })).toEqual({
      status: 200,
      body: { pause: PAUSE, isNew: true },
    });
    expect(await reader("GET")).toEqual({ status: 200, body: { pause: PAUSE } });
    expect((await reader("DELETE")).status).toBe(403);
    expect(await operator("DELETE")).toEqual({ status: 200, body: { ended: PAUSE } });
    expect(started).toEqual(["drain-changes"]);
    expect(await operator("GET")).toEqual({ status: 200, body: { pause: null } });
  });

  it("ends with nothing when there was none", async () => {
    expect(await setUp().as("reader", "operator")("DELETE")).toEqual({ status: 200, body: { ended: null } });
  });

  it.each([{}, { reason: " " }, { reason: "x", by: "somebody else" }])("is refused for %j", async (body) => {
    const { as, deps } = setUp();
    expect((await as("operator")("POST", body)).status).toBe(400);
    // Nothing was written.
    expect(await pauseSync({ reason: "first", by: "ada" }, deps)).toMatchObject({ isNew: true });
  });
});
