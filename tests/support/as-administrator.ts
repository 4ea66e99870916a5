import type { FlowHost } from "./flow-host.ts";

/** A request to Graph that Landbridge itself never makes, as an administrator's script would. Path below /v1.0. */
export async function asAdministrator(
  { sandbox }: FlowHost,
  method: string,
  path: string,
  body?: object,
): Promise<Response> {
  const { tenantId, clientId, clientSecret } = sandbox.entra.credentials;
  const signIn = await sandbox.network(
    new Request(`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
        scope: "https://graph.microsoft.com/.default",
      }),
    }),
  );
  const { access_token } = (await signIn.json()) as { access_token: string };
  return sandbox.network(
    new Request(`https://graph.microsoft.com/v1.0${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
}
