import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Configuration, type ICachePlugin, PublicClientApplication } from "@azure/msal-node";
import type { Authorize } from "./authorize.ts";

export interface EntraSignIn {
  readonly tenantId: string;
  /** Client id of the public client application that people sign in with. */
  readonly clientId: string;
  /** `api://…/.default` */
  readonly scope: string;
  /** Where tokens are stored between commands, readable only by their owner. */
  readonly cacheFile: string;
  /** Tells the person where to enter the code. */
  readonly tell: (message: string) => void;
  /** For tests: carries the requests to Entra. */
  readonly networkClient?: NonNullable<Configuration["system"]>["networkClient"];
}

/** Signs people in with a code that they type in a browser anywhere (device code flow), once for many commands. */
export function signInWithEntra(options: EntraSignIn): Authorize {
  const { tenantId, clientId, scope, cacheFile, tell, networkClient } = options;
  const application = new PublicClientApplication({
    auth: { clientId, authority: `https://login.microsoftonline.com/${tenantId}` },
    cache: { cachePlugin: fileCache(cacheFile) },
    ...(networkClient && { system: { networkClient } }),
  });

  async function token(): Promise<string> {
    const scopes = [scope];
    const [account] = await application.getTokenCache().getAllAccounts();
    // An account whose refresh token has ended signs in again.
    const silent = account && (await application.acquireTokenSilent({ account, scopes }).catch(() => null));
    const result =
      silent ??
      (await application.acquireTokenByDeviceCode({
        scopes,
        deviceCodeCallback: ({ message }) => tell(message),
      }));
    if (!result) throw new Error("Entra gave no token");
    return result.accessToken;
  }

  return async (request) => {
    const headers = new Headers(request.headers);
    headers.set("authorization", `Bearer ${await token()}`);
    return new Request(request, { headers });
  };
}

function fileCache(file: string): ICachePlugin {
  return {
    async beforeCacheAccess({ tokenCache }) {
      const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      if (text !== null) tokenCache.deserialize(text);
    },
    async afterCacheAccess({ tokenCache, cacheHasChanged }) {
      if (!cacheHasChanged) return;
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      // An existing file keeps its mode, and a link points elsewhere: both are replaced instead.
      const fresh = `${file}.${randomUUID()}`;
      await writeFile(fresh, tokenCache.serialize(), { mode: 0o600, flag: "wx" });
      await rename(fresh, file);
    },
  };
}
