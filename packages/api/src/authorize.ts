import type { EventSink } from "@landbridge/core";
import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import type { ApiEnv } from "./api-env.ts";
import type { Caller, Role } from "./caller.ts";
import { routeKey } from "./route-keys.ts";

/** Identifies the caller; null without an authorizer's context: then nothing is answered. */
export type Authenticate = (c: Context<ApiEnv>) => Caller | null | Promise<Caller | null>;

/** The route of API Gateway that let the request in. Its authorizer, and policies of IAM, judged the caller by that. */
export type RouteKeyOf = (c: Context<ApiEnv>) => string;

export function authenticated(authenticate: Authenticate, routeKeyOf: RouteKeyOf): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const caller = await authenticate(c);
    if (caller === null) throw new HTTPException(401, { message: "The request has no authorizer context." });
    c.set("caller", caller);
    c.set("routeKey", routeKeyOf(c));
    return next();
  };
}

/**
 * Lets callers with the role pass, if they came by the route's own key: with an escaped slash, the next reader of a path may
 * take it for another route's. Emits an event for refused callers and for changes.
 */
export function allow(role: Role, events: EventSink): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { name, roles } = c.get("caller");
    if (c.get("routeKey") !== routeKey(c.req.method, routePath(c)))
      throw new HTTPException(404, {
        message: `Path ${c.req.path} does not belong to route ${c.get("routeKey")}.`,
      });
    const call = { caller: name, method: c.req.method, path: c.req.path };
    if (!roles.has(role)) {
      events.emit("api.refused", { ...call, role });
      throw new HTTPException(403, {
        message: `This needs the role ${role}; ${name} has ${[...roles].join(", ") || "no role"}.`,
      });
    }
    await next();
    if (role !== "reader") events.emit("api.called", { ...call, status: c.res.status });
    return undefined;
  };
}
