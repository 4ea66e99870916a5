import { describe, expect, it } from "vitest";
import type { ApiDeps } from "./api-env.ts";
import type { RouteKeyOf } from "./authorize.ts";
import type { Caller, Role } from "./caller.ts";
import { listRouteKeys } from "./describe-api.ts";
import { makeApi } from "./make-api.ts";
import { ownRoute } from "./own-route.ts";

function apiFor(caller: Caller | null, cameBy: RouteKeyOf = ownRoute) {
  const events: { code: string; payload: unknown }[] = [];
  const failures: unknown[] = [];
  const deps = {
    events: { emit: (code: string, payload: unknown) => events.push({ code, payload }) },
    executions: { list: () => Promise.resolve([]), start: () => Promise.reject(new Error("token hunter2")) },
  } as unknown as ApiDeps;
  const api = makeApi({
    deps,
    authenticate: () => caller,
    routeKeyOf: cameBy,
    onFailure: (error) => failures.push(error),
  });
  return { api, events, failures };
}

function having(...roles: Role[]): Caller {
  return { name: "ada", roles: new Set(roles) };
}

const start = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };

describe("authorization", () => {
  it("answers nobody whom no authorizer vouches for, whatever is asked", async () => {
    for (const path of ["/v1/tasks", "/v1/openapi.json", "/v1/nonsense"]) {
      expect((await apiFor(null).api.request(path)).status).toBe(401);
    }
  });

  it.each([
    [having(), "GET", 403],
    [having("reader"), "GET", 200],
    [having("reader"), "POST", 403],
    [having("approver"), "POST", 403],
  ])("lets %j call %s: %i", async (caller, method, status) => {
    const { api } = apiFor(caller);
    const response = await api.request("/v1/flows/connect/executions", method === "POST" ? start : {});
    expect(response.status).toBe(status);
  });

  it("answers an operation at its own route only, whatever the path has become behind it", async () => {
    const keys = listRouteKeys();
    expect(keys).toContain("POST /v1/tasks/{id}/approval");
    for (const key of keys.filter((one) => !one.endsWith("/openapi.json"))) {
      const [method = "", path = ""] = key.split(" ");
      const others = ["ANY /v1/{proxy+}", ...keys.filter((other) => other !== key)];
      for (const other of others) {
        const { api, events } = apiFor(having("reader", "operator", "approver"), () => other);
        const response = await api.request(path.replaceAll(/\{\w+\}/g, "x"), {
          ...(method === "POST" && start),
          method,
        });
        expect(response.status, `${key} at ${other}`).toBe(404);
        expect(events).toEqual([]);
      }
    }
  });

  it("says which role is missing, and tells the audit", async () => {
    const { api, events } = apiFor(having("reader"));
    const response = await api.request("/v1/flows/connect/executions", start);
    expect(await response.json()).toMatchObject({
      title: "Forbidden",
      detail: "This needs the role operator; ada has reader.",
    });
    expect(events).toEqual([
      {
        code: "api.refused",
        payload: { caller: "ada", role: "operator", method: "POST", path: "/v1/flows/connect/executions" },
      },
    ]);
  });

  it("keeps what an unknown failure says for the log", async () => {
    const { api, failures } = apiFor(having("operator"));
    const response = await api.request("/v1/flows/connect/executions", start);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("hunter2");
    expect(failures).toHaveLength(1);
  });
});
