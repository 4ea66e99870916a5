import type { Clock } from "@landbridge/core";
import type { Service } from "../aws-api/json-service.ts";
import { type IamCaller, toHttpEvent, toResponse } from "./http-event.ts";

export interface HttpRoute {
  readonly method: string;
  /** A whole path, or the beginning of one when it ends with `/`. */
  readonly path: string;
  /** `AWS_IAM`: only signed requests get through. */
  readonly authorization: "AWS_IAM" | "NONE";
  invoke(event: unknown): Promise<unknown>;
}

export interface LocalHttpApiOptions {
  readonly clock: Clock;
  readonly accountId: string;
  readonly newId: () => string;
  readonly routes: readonly HttpRoute[];
  /** Who signed a request; null when it is not signed. Signatures are not checked here. */
  readonly identify: (request: Request) => IamCaller | null;
}

/** An HTTP API of API Gateway on a laptop: routes requests to functions, in payload format 2.0. */
export function makeHttpApi(options: LocalHttpApiOptions): Service {
  const { clock, accountId, newId, routes, identify } = options;
  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const route = routes.find(({ method, path }) => method === request.method && matches(path, pathname));
      if (!route) return Response.json({ message: "Not Found" }, { status: 404 });
      const caller = route.authorization === "AWS_IAM" ? identify(request) : null;
      if (route.authorization === "AWS_IAM" && caller === null) {
        return Response.json({ message: "Forbidden" }, { status: 403 });
      }
      const routeKey = `${route.method} ${route.path}`;
      const circumstances = { routeKey, accountId, requestId: newId(), now: clock.now(), caller };
      return toResponse(await route.invoke(await toHttpEvent(request, circumstances)));
    },
  };
}

function matches(path: string, pathname: string): boolean {
  return path.endsWith("/") ? pathname.startsWith(path) : pathname === path;
}
