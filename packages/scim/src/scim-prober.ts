import { FlowError, parseScimEndpoint, type ScimConnection, type ScimProber } from "@landbridge/core";

type Fetch = typeof globalThis.fetch;

/** The requested paths, and the SCIM schema that each answer must name (RFC 7643, 7644). */
const PROBES = [
  ["/ServiceProviderConfig", "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
  ["/Users?count=1", "urn:ietf:params:scim:api:messages:2.0:ListResponse"],
] as const;

const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Tries a token by reading: the static configuration, and one user, which needs the right to read the identity store. The token
 * goes to AWS's host in this region only: endpoints come from a record that others may write. A redirect, which would carry the
 * token elsewhere, is refused. No error repeats the token.
 * @param options.region of the Identity Center instance
 */
export function makeScimProber({
  fetch,
  region,
}: {
  readonly fetch: Fetch;
  readonly region: string;
}): ScimProber {
  return {
    async probe({ endpoint: given, token }) {
      const endpoint = parseScimEndpoint(given, { region });
      checkCharacters(token);
      for (const [path, schema] of PROBES) {
        const { status, body } = await get(fetch, { endpoint, token }, path);
        checkStatus(status, path);
        checkSchema(body, { path, schema });
      }
    },
  };
}

/** `fetch` repeats a header that it cannot send in its error. */
function checkCharacters(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new FlowError(
    "ScimTokenRefused",
    "The access token is empty or contains white space or other invalid characters",
  );
}

async function get(
  fetch: Fetch,
  { endpoint, token }: ScimConnection,
  path: string,
): Promise<{ status: number; body: string }> {
  try {
    const response = await fetch(`${endpoint}${path}`, {
      headers: { authorization: `Bearer ${token}`, accept: "application/scim+json, application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    // A redirect that was not followed shows as status 0 where `fetch` hides it.
    const status = response.type === "opaqueredirect" ? 302 : response.status;
    return { status, body: await response.text() };
  } catch (error) {
    throw new FlowError("ServiceUnavailable", `The SCIM endpoint gave no answer to GET ${path}`, {
      cause: error,
    });
  }
}

function checkStatus(status: number, path: string): void {
  const said = `The SCIM endpoint answered GET ${path} with ${status}`;
  if (status === 200) return;
  // 401 also for a tenant that does not exist (SCIM developer guide).
  if (status === 401 || status === 403) {
    throw new FlowError(
      "ScimTokenRefused",
      `${said}: the token is wrong, expired, deleted or belongs to another instance`,
    );
  }
  if (status === 429) throw new FlowError("Throttled", said);
  if (status >= 500) throw new FlowError("ServiceUnavailable", said);
  throw new FlowError("ScimEndpointRefused", said);
}

function checkSchema(
  body: string,
  { path, schema }: { readonly path: string; readonly schema: string },
): void {
  if (readSchemas(body).includes(schema)) return;
  throw new FlowError(
    "ScimEndpointRefused",
    `The answer to GET ${path} is not SCIM: it does not name ${schema}`,
  );
}

function readSchemas(body: string): unknown[] {
  try {
    const document: unknown = JSON.parse(body);
    if (typeof document !== "object" || document === null || !("schemas" in document)) return [];
    return Array.isArray(document.schemas) ? document.schemas : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
