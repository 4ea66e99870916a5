import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { ConsoleRefusal } from "../console-refusal.ts";
import type { NewToken, TokenSummary } from "../operator-console.ts";
import type { ConsoleWorld } from "../world.ts";
import { copyable, facts, type Html, pathTo, time } from "./html.ts";
import { invalid, orShow, page } from "./layout.ts";
import { provisioningPage } from "./provisioning.ts";
import { settingsPage } from "./settings.ts";

const PATH = ["settings", "provisioning", "tokens"] as const;

/** The dialog that shows a new token, once, and the one that deletes a token. */
export function addTokenPages(app: Hono, world: ConsoleWorld): void {
  const { operatorConsole } = world;
  /** Tokens that have not been shown yet, with the name of the dialog that shows them. */
  const unseen = new Map<string, { readonly title: string; readonly token: NewToken }>();

  function make(c: Context, title: string): Response {
    const token = operatorConsole.createToken();
    unseen.set(token.id, { title, token });
    return c.redirect(pathTo(...PATH, token.id), 303);
  }

  app.post("/settings/provisioning/enable", (c) =>
    orShow(
      c,
      () => {
        if (operatorConsole.scimEndpoint() !== null) throw enabledAlready();
        operatorConsole.enableProvisioning();
        return make(c, "Inbound automatic provisioning");
      },
      (refusal) => settingsPage(world, { refusal }),
    ),
  );
  app.post("/settings/provisioning/tokens", (c) =>
    orShow(
      c,
      () => make(c, "Generate new access token"),
      (refusal) => provisioningPage(world, { refusal }),
    ),
  );
  app.get("/settings/provisioning/tokens/:id", (c) => {
    const { id } = operatorConsole.findToken(c.req.param("id"));
    const shown = unseen.get(id);
    if (shown === undefined) throw shownBefore();
    unseen.delete(id);
    c.header("cache-control", "no-store");
    return c.html(newTokenDialog(world, shown.title, shown.token));
  });
  app.get("/settings/provisioning/tokens/:id/delete", (c) =>
    c.html(deleteDialog(operatorConsole.findToken(c.req.param("id")))),
  );
  app.post("/settings/provisioning/tokens/:id/delete", async (c) => {
    const token = operatorConsole.findToken(c.req.param("id"));
    const { confirmation } = await c.req.parseBody();
    return orShow(
      c,
      () => {
        if (confirmation !== "DELETE") throw notConfirmed();
        operatorConsole.deleteToken(token.id);
        unseen.delete(token.id);
        return c.redirect(`${pathTo("settings", "provisioning")}?done=token-deleted`, 303);
      },
      (refusal) => deleteDialog(token, refusal),
    );
  });
}

function newTokenDialog({ operatorConsole }: ConsoleWorld, title: string, token: NewToken): Html {
  const hidden = html`<details class="secret"><summary>Show token</summary>${copyable(token.token)}</details>`;
  return dialog(
    title,
    html`<p class="note warn">Copy the token now. This page shows it only once; if you lose it, generate another one.</p>
<div class="box">${facts({
      "SCIM endpoint": copyable(operatorConsole.scimEndpoint() ?? ""),
      "Access token": hidden,
      "Token ID": html`<code>${token.id}</code>`,
      Expires: time(token.expiresAt),
    })}
<p class="buttons"><a class="button" href="${pathTo("settings", "provisioning")}">Close</a></p></div>`,
  );
}

/** User guide, "Delete an access token". */
function deleteDialog(
  { id, createdAt, expiresAt }: TokenSummary,
  refusal: ConsoleRefusal | null = null,
): Html {
  const form = html`<div class="box">${facts({
    "Token ID": html`<code>${id}</code>`,
    Created: time(createdAt),
    Expires: time(expiresAt),
  })}</div>
<p class="note warn">An identity provider that uses this token can no longer provision users and groups. That cannot be undone.</p>
<form class="box" method="post" action="${pathTo(...PATH, id, "delete")}">
<label for="confirmation">Type DELETE to confirm</label>
<input type="text" id="confirmation" name="confirmation" autocomplete="off" autocapitalize="characters" required${invalid(refusal, "confirmation")}>
<p class="buttons"><a href="${pathTo("settings", "provisioning")}">Cancel</a> <button>Delete access token</button></p>
</form>`;
  return dialog("Delete access token", form, refusal);
}

function dialog(title: string, body: Html, refusal: ConsoleRefusal | null = null): Html {
  const trail = [
    ["Settings", ["settings"]],
    ["Automatic provisioning", ["settings", "provisioning"]],
  ] as const;
  return page({ title, section: "Settings", trail, refusal, body });
}

function enabledAlready(): ConsoleRefusal {
  return new ConsoleRefusal(409, "Automatic provisioning is already enabled.", {
    remedy: "For another token choose Actions, Manage provisioning, Generate token.",
  });
}

function shownBefore(): ConsoleRefusal {
  return new ConsoleRefusal(410, "This access token is no longer shown: a token is shown only once.", {
    remedy:
      "If you did not copy it, delete it under Settings, Actions, Manage provisioning and generate another one.",
  });
}

function notConfirmed(): ConsoleRefusal {
  return new ConsoleRefusal(400, "The deletion is not confirmed.", {
    field: "confirmation",
    remedy: "Type DELETE, in capitals.",
  });
}
