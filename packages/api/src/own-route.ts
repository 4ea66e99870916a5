import { matchedRoutes } from "hono/route";
import type { RouteKeyOf } from "./authorize.ts";
import { routeKey } from "./route-keys.ts";

/** For tests: API Gateway reads every path as the API does. */
export const ownRoute: RouteKeyOf = (c) => routeKey(c.req.method, matchedRoutes(c).at(-1)?.path ?? "");
