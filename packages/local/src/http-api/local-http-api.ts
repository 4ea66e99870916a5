import type { Clock } from "@landbridge/core";
import type { Service } from "../aws-api/json-service.ts";
import { pickRoute } from "./pick-route.ts";
import { type IamCaller, toHttpEvent, toResponse } from "./http-event.ts";

export interface HttpRoute {
  /** As API Gateway writes it: `POST /v1/tasks/{id}/answer`. */
  readonly key: string;
  /** `AWS_IAM`: only signed requests get through. */
  readonly authorization: "AWS_IAM" | "NONE";
  invoke(event: unknown): Promise<unknown>;
}

export interface LocalHttpApiOptions {
  readonly clock: Clock;
  readonly accountId: string;
  readonly newId: () => string;
  readonly routes: readonly HttpRoute[];
  /** The signer of a request; null if it is not signed. Signatures are not checked here. */
  readonly identify: (request: Request) => IamCaller | null;
}

/** An HTTP API of API Gateway on a laptop: routes requests to functions, in payload format 2.0. */
export function makeHttpApi(options: LocalHttpApiOptions): Service {
  const { clock, accountId, newId, routes, identify } = options;
  const keys = routes.map(({ key }) => key);
  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const routeKey = pickRoute(keys, request.method, pathname);
      const route = routes.find(({ key }) => key === routeKey);
      if (!route || routeKey === null) return Response.json({ message: "Not Found" }, { status: 404 });
      const caller = route.authorization === "AWS_IAM" ? identify(request) : null;
      if (route.authorization === "AWS_IAM" && caller === null) {
        return Response.json({ message: "Forbidden" }, { status: 403 });
      }
      const circumstances = { routeKey, accountId, requestId: newId(), now: clock.now(), caller };
      return toResponse(await route.invoke(await toHttpEvent(request, circumstances)));
    },
  };
}
