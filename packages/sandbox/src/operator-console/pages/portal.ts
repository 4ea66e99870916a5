import type { Hono } from "hono";
import { html } from "hono/html";
import type { ConsoleRefusal } from "../console-refusal.ts";
import type { SignIn } from "../operator-console.ts";
import type { ConsoleWorld } from "../world.ts";
import { count, type Html, pathTo } from "./html.ts";
import { invalid, orShow, page } from "./layout.ts";

/** Simulates a person's way: portal, sign-in at the identity provider, portal with the person's accounts. */
export function addPortal(app: Hono, world: ConsoleWorld): void {
  app.get("/portal", (c) => {
    const userName = c.req.query("userName")?.trim() ?? "";
    if (userName === "") return c.html(signInPage(world));
    return orShow(
      c,
      () => c.html(accountsPage(world.operatorConsole.signIn(userName))),
      (refusal) => signInPage(world, userName, refusal),
    );
  });
}

function signInPage(
  { identityCenter, operatorConsole }: ConsoleWorld,
  userName = "",
  refusal: ConsoleRefusal | null = null,
): Html {
  const provider = operatorConsole.identityProvider();
  const users = [...identityCenter.identityStore.users.values()].slice(0, 20);
  const suggestions = users.map(({ attributes }) => html`<option value="${attributes.userName}"></option>`);
  const body = html`<p>${operatorConsole.portalUrl} sends people to the identity provider
(${provider === null ? "none yet" : provider.entityId}). Here no password is asked: say who signs in.</p>
<form class="box" method="get" action="${pathTo("portal")}">
<label for="userName">User name</label>
<input type="text" id="userName" name="userName" list="users" value="${userName}" autocomplete="off" autocapitalize="none" spellcheck="false" required${invalid(refusal, "userName")}>
<datalist id="users">${suggestions}</datalist>
<p class="buttons"><button>Sign in</button></p>
</form>`;
  return page({ title: "AWS access portal", section: "AWS access portal", refusal, body });
}

function accountsPage({ userName, accounts }: SignIn): Html {
  const sets = new Map<string, { readonly name: string; readonly permissionSets: string[] }>();
  for (const { accountId, accountName, permissionSet } of accounts) {
    const account = sets.get(accountId) ?? { name: accountName, permissionSets: [] };
    account.permissionSets.push(permissionSet);
    sets.set(accountId, account);
  }
  const items = [...sets]
    .toSorted(([, a], [, b]) => a.name.localeCompare(b.name))
    .map(
      ([id, { name, permissionSets }]) => html`<li><h2>${name} <small>${id}</small></h2>
<ul class="sets">${permissionSets.toSorted().map((set) => html`<li>${set}</li>`)}</ul></li>`,
    );
  const body = html`<p class="bar"><span>Signed in as <strong>${userName}</strong>: ${count(sets.size, "account")}</span>
<a href="${pathTo("portal")}">Sign out</a></p>
${items.length > 0 ? html`<ul class="accounts">${items}</ul>` : html`<p class="empty">Signed in, but no AWS account is assigned to this person.</p>`}`;
  return page({ title: "AWS access portal", section: "AWS access portal", body });
}
