import type { EventSink } from "@landbridge/core";
import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ApiEnv } from "./api-env.ts";
import type { Caller, Role } from "./caller.ts";

/** Who calls; null when nobody vouches for the caller: then nothing is answered. */
export type Authenticate = (c: Context<ApiEnv>) => Caller | null | Promise<Caller | null>;

export function authenticated(authenticate: Authenticate): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const caller = await authenticate(c);
    if (caller === null) throw new HTTPException(401, { message: "No authorizer vouches for the caller." });
    c.set("caller", caller);
    return next();
  };
}

/** Lets callers of the role go on; whoever is refused, or changes something, is heard of. */
export function allow(role: Role, events: EventSink): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { name, roles } = c.get("caller");
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
