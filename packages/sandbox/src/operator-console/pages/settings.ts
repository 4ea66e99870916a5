import type { Hono } from "hono";
import { html } from "hono/html";
import type { ConsoleRefusal } from "../console-refusal.ts";
import type { ConsoleWorld } from "../world.ts";
import { copyable, facts, type Html, pathTo } from "./html.ts";
import { page } from "./layout.ts";

const NOTICES: Readonly<Record<string, string>> = {
  "identity-source":
    "You changed the identity source. People now sign in with the external identity provider.",
};

export function addSettings(app: Hono, world: ConsoleWorld): void {
  app.get("/settings", (c) => c.html(settingsPage(world, { notice: NOTICES[c.req.query("done") ?? ""] })));
}

interface Said {
  readonly notice?: string | undefined;
  readonly refusal?: ConsoleRefusal;
}

export function settingsPage(world: ConsoleWorld, { notice, refusal }: Said): Html {
  const body = html`${provisioningBox(world)}${identitySource(world)}`;
  return page({
    title: "Settings",
    section: "Settings",
    notice: notice ?? null,
    refusal: refusal ?? null,
    body,
  });
}

/** The console shows this box only while there is something to enable (user guide, "Enable automatic provisioning"). */
function provisioningBox({ operatorConsole }: ConsoleWorld): Html | string {
  if (operatorConsole.identityProvider() === null || operatorConsole.scimEndpoint() !== null) return "";
  return html`<section aria-labelledby="provisioning">
<h2 id="provisioning">Automatic provisioning</h2>
<p>The identity provider sends its users and groups over SCIM. Enabling it makes the SCIM endpoint and
an access token, which is shown once.</p>
<form method="post" action="${pathTo("settings", "provisioning", "enable")}"><button>Enable</button></form>
</section>`;
}

function identitySource({ identityCenter, operatorConsole }: ConsoleWorld): Html {
  const provider = operatorConsole.identityProvider();
  const external = provider !== null && {
    "Authentication method": "SAML 2.0",
    "Provisioning method": operatorConsole.scimEndpoint() === null ? "Manual" : "SCIM",
    "IdP issuer": copyable(provider.entityId),
    "IdP certificates": String(provider.certificates.length),
  };
  const authentication =
    provider !== null &&
    html`<li><a href="${pathTo("settings", "authentication")}">Manage authentication</a></li>`;
  const manage =
    operatorConsole.scimEndpoint() !== null &&
    html`<li><a href="${pathTo("settings", "provisioning")}">Manage provisioning</a></li>`;
  return html`<section aria-labelledby="source">
<div class="bar">
<h2 id="source">Identity source</h2>
<details class="menu"><summary>Actions</summary>
<ul>
<li><a href="${pathTo("settings", "change-identity-source")}">Change identity source</a></li>
${authentication}
${manage}
</ul>
</details>
</div>
${facts({
  "Identity source": provider === null ? "Identity Center directory" : "External identity provider",
  "Identity store ID": copyable(identityCenter.identityStore.identityStoreId),
  "AWS access portal URL": copyable(operatorConsole.portalUrl),
  ...external,
})}
</section>`;
}
