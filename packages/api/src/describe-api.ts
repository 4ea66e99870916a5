import type { ApiDeps } from "./api-env.ts";
import { ABOUT, makeApi, OPENAPI_PATH } from "./make-api.ts";
import { routeKey } from "./route-keys.ts";

/** The API as an OpenAPI document. */
export function describeApi() {
  // Describing calls nothing.
  const api = makeApi({
    deps: {} as ApiDeps,
    authenticate: () => null,
    routeKeyOf: () => "",
    onFailure: () => undefined,
  });
  return api.getOpenAPI31Document(ABOUT);
}

/** The routes that API Gateway must have for it, one for each operation. */
export function listRouteKeys(): string[] {
  const operations = Object.entries(describeApi().paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => routeKey(method, path)),
  );
  return [...operations, routeKey("get", `/v1${OPENAPI_PATH}`)];
}
