import { FlowError, type FederationMetadata } from "@landbridge/core";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_BYTES = 1_000_000;
const TIMEOUT_MILLISECONDS = 30_000;

/** Reads the public document at login.microsoftonline.com; any other place is refused. */
export function makeFederationMetadata(fetch: typeof globalThis.fetch): FederationMetadata {
  return {
    async fetch(tenantId, appId) {
      if (!GUID.test(tenantId) || !GUID.test(appId)) {
        throw new FlowError(
          "InvalidStepInput",
          "Tenant and application of the federation metadata must be GUIDs",
        );
      }
      const url = `https://login.microsoftonline.com/${tenantId}/federationmetadata/2007-06/federationmetadata.xml?appid=${appId}`;
      try {
        const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
        const response = await fetch(url, { redirect: "manual", signal });
        if (!response.ok) {
          await response.body?.cancel();
          throw refusal(response.status, url);
        }
        return await readCapped(response, url);
      } catch (error) {
        if (error instanceof FlowError) throw error;
        const why = error instanceof Error ? error.message : String(error);
        throw new FlowError("ServiceUnavailable", `No answer from ${url}: ${why}`, { cause: error });
      }
    },
  };
}

function refusal(status: number, url: string): FlowError {
  const said = `${url} answers ${status}`;
  if (status === 429) return new FlowError("Throttled", said);
  if (status >= 500) return new FlowError("ServiceUnavailable", said);
  if (status === 400 || status === 404) return new FlowError("NotPropagatedYet", said);
  return new FlowError(
    "Unexpected",
    `${said}, where Entra publishes the metadata without sign-in or redirect`,
  );
}

async function readCapped(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) {
      throw new FlowError(
        "MetadataInvalid",
        `The federation metadata at ${url} is larger than ${MOST_BYTES} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
