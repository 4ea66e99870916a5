import type { Hono } from "hono";
import { html } from "hono/html";
import { ConsoleRefusal } from "../console-refusal.ts";
import type { TokenSummary } from "../operator-console.ts";
import type { ConsoleWorld } from "../world.ts";
import { copyable, facts, type Html, pathTo, table, time } from "./html.ts";
import { page } from "./layout.ts";

const NOTICES: Readonly<Record<string, string>> = {
  "token-deleted": "You deleted an access token. Anybody who still uses it is answered 401 from now on.",
};
/** From here on AWS reminds of the end (user guide, "Automatic provisioning"). */
const REMINDER_MILLISECONDS = 90 * 86_400_000;

/** Settings, Identity source, Actions, Manage provisioning. */
export function addProvisioningPages(app: Hono, world: ConsoleWorld): void {
  app.get("/settings/provisioning", (c) =>
    c.html(provisioningPage(world, { notice: NOTICES[c.req.query("done") ?? ""] })),
  );
}

interface Said {
  readonly notice?: string | undefined;
  readonly refusal?: ConsoleRefusal;
}

/** @throws {ConsoleRefusal} when automatic provisioning is not enabled */
export function provisioningPage({ operatorConsole, kernel }: ConsoleWorld, { notice, refusal }: Said): Html {
  const endpoint = operatorConsole.scimEndpoint();
  if (endpoint === null) {
    throw new ConsoleRefusal(409, "Automatic provisioning is not enabled.", {
      remedy:
        "On the page Settings choose Enable under Automatic provisioning. It is offered for an external identity provider.",
    });
  }
  const now = kernel.clock.now();
  const body = html`<section aria-labelledby="endpoint">
<h2 id="endpoint">SCIM</h2>
${facts({ Status: "Enabled", "SCIM endpoint": copyable(endpoint) })}
</section>
<section aria-labelledby="tokens">
<div class="bar">
<h2 id="tokens">Access tokens</h2>
<form method="post" action="${pathTo("settings", "provisioning", "tokens")}"><button>Generate token</button></form>
</div>
${table({
  caption: "Access tokens. There can be two; each works for one year.",
  columns: ["Token ID", "Created", "Expires", "State", "Action"],
  rows: operatorConsole.listTokens().map((token) => tokenRow(token, now)),
  empty: "There is no access token: the identity provider cannot provision anybody.",
})}
</section>`;
  return page({
    title: "Automatic provisioning",
    section: "Settings",
    trail: [["Settings", ["settings"]]],
    notice: notice ?? null,
    refusal: refusal ?? null,
    body,
  });
}

function tokenRow({ id, createdAt, expiresAt }: TokenSummary, now: number): (Html | string)[] {
  const remove = html`<a href="${pathTo("settings", "provisioning", "tokens", id, "delete")}" aria-label="Delete the token ${id}">Delete</a>`;
  return [html`<code>${id}</code>`, time(createdAt), time(expiresAt), stateOf(expiresAt, now), remove];
}

function stateOf(expiresAt: string, now: number): Html {
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return html`<span class="badge bad">Expired</span>`;
  if (left < REMINDER_MILLISECONDS) return html`<span class="badge soon">Expires soon</span>`;
  return html`<span class="badge good">Active</span>`;
}
