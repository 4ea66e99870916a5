import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { makeAws, type RequestHandler } from "@landbridge/aws";
import type { Clock, EventSink, Ports, Settings } from "@landbridge/core";
import { makeEntra } from "@landbridge/entra";
import { makeScimProber } from "@landbridge/scim";
import { z } from "zod";
import { logEvents } from "./log-events.ts";
import { Environment } from "./environment.ts";
import { makeGraphCredential } from "./graph-credential.ts";
import { makeNetwork } from "./network.ts";
import { toSettings } from "./settings.ts";

/** Everything a step may use. */
export interface Deps extends Ports {
  readonly settings: Settings;
}

/** What a host that is not Lambda replaces. */
export interface Host {
  readonly clock?: Clock;
  readonly events?: EventSink;
  /** Makes unguessable ids. */
  readonly newId?: () => string;
  /** Carries requests to Microsoft and to the SCIM endpoint. */
  readonly fetch?: typeof globalThis.fetch;
  /** Carries requests to AWS. */
  readonly requestHandler?: RequestHandler;
}

const wallClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    await setTimeout(milliseconds, undefined, signal && { signal }).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  },
};

/** The composition root: environment in, ports out. @throws {Error} naming each variable that is wrong or missing */
export function makeDeps(variables: Record<string, string | undefined>, host: Host = {}): Deps {
  const result = Environment.safeParse(variables);
  if (!result.success) throw new Error(`Environment of the function: ${z.prettifyError(result.error)}`);
  const environment = result.data;
  const clock = host.clock ?? wallClock;
  const fetch = host.fetch ?? makeNetwork(environment.LANDBRIDGE_ROUTES);
  const client = {
    region: environment.AWS_REGION,
    clock,
    ...(host.requestHandler && { requestHandler: host.requestHandler }),
  };
  const aws = makeAws({
    ...client,
    tableName: environment.LANDBRIDGE_TABLE,
    bucketName: environment.LANDBRIDGE_BUCKET,
  });
  const tenantId = environment.LANDBRIDGE_TENANT_ID;
  const clientId = environment.LANDBRIDGE_CLIENT_ID;
  const credential = makeGraphCredential(environment, { fetch, client });
  return {
    ...aws,
    ...makeEntra({ tenantId, clientId, credential, fetch, clock }),
    scim: makeScimProber({ fetch }),
    clock,
    events: host.events ?? logEvents,
    newId: host.newId ?? randomUUID,
    settings: toSettings(environment),
  };
}

let made: Deps | undefined;

/** Clients live as long as the process: a warm Lambda keeps its connections. */
export function depsOfThisProcess(): Deps {
  return (made ??= makeDeps(process.env));
}
