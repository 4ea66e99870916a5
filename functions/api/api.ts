import { makeApi } from "@landbridge/api";
import { handle, type LambdaEvent } from "hono/aws-lambda";
import type { Context } from "aws-lambda";
import { callerOf, routeKeyOf } from "../_shared/api-caller.ts";
import { hasMethodOfRoute, isPlain } from "../_shared/api-path.ts";
import { reportFailure } from "../_shared/log-events.ts";
import {
  callbacks,
  executions,
  objects,
  records,
  scim,
  sealer,
  secrets,
  tokenSupplier,
} from "../_shared/ports.ts";
import { connectPorts, type Wiring, wiringOfThisProcess } from "../_shared/wiring.ts";

const NOT_FOUND = { statusCode: 404, body: "This path does not exist." };

/** The HTTP API: start and follow flows, answer operator tasks, read plans and health. */
export async function handler(event: LambdaEvent, context: Context & { wiring?: Wiring }): Promise<unknown> {
  if (!("rawPath" in event) || !isPlain(event.rawPath) || !hasMethodOfRoute(event)) return NOT_FOUND;
  const wiring = context.wiring ?? wiringOfThisProcess();
  const app = wiring.use(api);
  return handle(app)(event, context);
}

function api(wiring: Wiring) {
  const deps = connectPorts(
    { callbacks, executions, objects, records, scim, sealer, secrets, tokenSupplier },
    wiring,
  );
  return makeApi({
    deps,
    authenticate: (c) => callerOf(c.env),
    routeKeyOf: (c) => routeKeyOf(c.env),
    onFailure: reportFailure,
  });
}
