import { homedir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Credentials } from "@landbridge/aws";
import type { Variables } from "@landbridge/functions/_shared/wiring";
import * as z from "zod";
import { credentialsOf, depsOfEnvironment } from "../access/environment.ts";
import { makeApiClient } from "../api/api-client.ts";
import { type Authorize, signWithAws } from "../api/authorize.ts";
import { signInWithEntra } from "../api/sign-in-with-entra.ts";
import { UsageError } from "../exit.ts";
import type { Deployment, RemoteDeployment } from "./deployment.ts";
import { inAccount } from "./in-account.ts";
import { overApi } from "./over-api.ts";

const Environment = z
  .object({
    LANDBRIDGE_API_URL: z
      .string()
      .refine(isSafe, "expected https://…, without a user name; plain http to this machine only"),
    /** Region that requests are signed for; API Gateway's host name contains it too. */
    AWS_REGION: z.string().optional(),
    LANDBRIDGE_API_TENANT_ID: z.guid().optional(),
    LANDBRIDGE_API_CLIENT_ID: z.guid().optional(),
    LANDBRIDGE_API_SCOPE: z.string().optional(),
    XDG_CACHE_HOME: z.string().optional(),
  })
  .refine(
    ({ LANDBRIDGE_API_TENANT_ID: tenant, LANDBRIDGE_API_CLIENT_ID: client, LANDBRIDGE_API_SCOPE: scope }) =>
      (tenant === undefined) === (client === undefined) && (tenant === undefined) === (scope === undefined),
    "LANDBRIDGE_API_TENANT_ID, LANDBRIDGE_API_CLIENT_ID, LANDBRIDGE_API_SCOPE: set all to sign in with Entra, none to sign with AWS",
  );

/**
 * The deployment that the environment names: its API if LANDBRIDGE_API_URL (or `--api`) is set, else its account.
 * @throws {UsageError} naming each variable that is missing or wrong
 */
export function openDeployment(variables: Variables, tell: (message: string) => void): Deployment {
  return openApi(variables, tell) ?? inAccount(depsOfEnvironment(variables, tell));
}

/** `--api` is the same as its variable. */
function wrongVariable({ path: [name], message }: z.core.$ZodIssue): string {
  if (name === undefined) return message;
  return `${name === "LANDBRIDGE_API_URL" ? "--api (LANDBRIDGE_API_URL)" : String(name)}: ${message}`;
}

function isSafe(url: string): boolean {
  const address = URL.parse(url);
  if (address === null) return false;
  const { protocol, hostname, username, password } = address;
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && /^(127\.0\.0\.1|localhost)$/.test(hostname));
}

/** Null if the environment names no API. @throws {UsageError} as {@link openDeployment} */
export function openApi(variables: Variables, tell: (message: string) => void): RemoteDeployment | null {
  if (!variables["LANDBRIDGE_API_URL"]) return null;
  const result = Environment.safeParse(variables);
  if (!result.success) throw new UsageError(result.error.issues.map(wrongVariable).join("\n"));
  const api = makeApiClient(
    result.data.LANDBRIDGE_API_URL,
    authorizeBy(result.data, credentialsOf(variables), tell),
  );
  return overApi(api, {
    now: () => Date.now(),
    async sleep(milliseconds, signal) {
      await setTimeout(milliseconds, undefined, signal && { signal }).catch((error: unknown) => {
        if (!signal?.aborted) throw error;
      });
    },
  });
}

function authorizeBy(
  environment: z.infer<typeof Environment>,
  credentials: Credentials | null,
  tell: (message: string) => void,
): Authorize {
  const {
    LANDBRIDGE_API_URL: url,
    LANDBRIDGE_API_TENANT_ID: tenantId,
    LANDBRIDGE_API_CLIENT_ID: clientId,
    LANDBRIDGE_API_SCOPE: scope,
    XDG_CACHE_HOME: cache = path.join(homedir(), ".cache"),
  } = environment;
  if (tenantId !== undefined && clientId !== undefined && scope !== undefined) {
    const cacheFile = path.join(cache, "landbridge", `${tenantId}-${clientId}.json`);
    return signInWithEntra({ tenantId, clientId, scope, cacheFile, tell });
  }
  const region = /\.execute-api\.([\w-]+)\.amazonaws\.com/.exec(url)?.[1] ?? environment.AWS_REGION;
  if (region === undefined) throw new UsageError("AWS_REGION: set it, so that requests can be signed");
  return signWithAws(region, credentials);
}
