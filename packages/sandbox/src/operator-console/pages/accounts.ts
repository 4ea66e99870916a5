import type { Hono } from "hono";
import { html } from "hono/html";
import type { SandboxAccount } from "../../organizations/state.ts";
import { ConsoleRefusal } from "../console-refusal.ts";
import type { ConsoleWorld } from "../world.ts";
import { count, facts, type Html, pathTo, table } from "./html.ts";
import { page } from "./layout.ts";

/** AWS accounts with their current assignments. Read only: the flow creates them. */
export function addAccountPages(app: Hono, world: ConsoleWorld): void {
  app.get("/accounts", (c) => c.html(organizationPage(world)));
  app.get("/accounts/:id", (c) => {
    const account = world.identityCenter.organization.accounts.get(c.req.param("id"));
    if (account !== undefined) return c.html(accountPage(world, account));
    throw new ConsoleRefusal(404, "The organization has no such account.", {
      remedy: "Choose one under AWS accounts.",
    });
  });
}

function organizationPage({ identityCenter }: ConsoleWorld): Html {
  const { organization } = identityCenter;
  const assignments = new Map<string, number>();
  for (const { accountId } of identityCenter.assignments()) {
    assignments.set(accountId, (assignments.get(accountId) ?? 0) + 1);
  }
  const total = [...assignments.values()].reduce((sum, number) => sum + number, 0);

  function branch(parentId: string): Html {
    const accounts = [...organization.accounts.values()].filter((account) => account.parentId === parentId);
    const units = [...organization.units.values()].filter((unit) => unit.parentId === parentId);
    return html`<ul class="tree">
${accounts.map((account) => leaf(account))}
${units.map(
  ({ id, name }) =>
    html`<li><details open><summary>${name} <small>${id}</small></summary>${branch(id)}</details></li>`,
)}
</ul>`;
  }
  function leaf({ id, name, state }: SandboxAccount): Html {
    const mark = state === "ACTIVE" ? "" : html` <span class="badge bad">${state}</span>`;
    const role = id === organization.managementAccountId ? html` <span class="badge">management</span>` : "";
    return html`<li><a href="${pathTo("accounts", id)}">${name}</a> <small>${id}</small>${role}${mark}
<span class="amount">${count(assignments.get(id) ?? 0, "assignment")}</span></li>`;
  }

  const body = html`<p>${count(organization.accounts.size, "account")} with ${count(total, "assignment")}
in force. Load the page again to see what has changed.</p>
<section aria-labelledby="structure">
<h2 id="structure">Organizational structure</h2>
<p>Root <small>${organization.rootId}</small></p>
${branch(organization.rootId)}
</section>`;
  return page({ title: "AWS accounts", section: "AWS accounts", body });
}

function accountPage({ identityCenter }: ConsoleWorld, account: SandboxAccount): Html {
  const { identityStore, permissionSets } = identityCenter;
  const sets = new Map<string, { readonly cells: readonly (Html | string)[]; readonly names: string[] }>();
  for (const { accountId, principalId, principalType, permissionSetArn } of identityCenter.assignments()) {
    if (accountId !== account.id) continue;
    const row = sets.get(principalId) ?? { cells: principal(principalId, principalType), names: [] };
    row.names.push(permissionSets.get(permissionSetArn)?.name ?? permissionSetArn);
    sets.set(principalId, row);
  }

  function principal(id: string, type: "USER" | "GROUP"): [Html | string, string] {
    if (type === "GROUP") {
      const group = identityStore.groups.get(id);
      if (group === undefined) return [`Deleted group ${id}`, "Group"];
      return [html`<a href="${pathTo("groups", id)}">${group.attributes.displayName}</a>`, "Group"];
    }
    const user = identityStore.users.get(id);
    if (user === undefined) return [`Deleted user ${id}`, "User"];
    return [html`<a href="${pathTo("users", id)}">${user.attributes.userName}</a>`, "User"];
  }

  const body = html`<div class="box">${facts({ "Account ID": account.id, "E-mail": account.email, State: account.state })}</div>
<div class="box">${table({
    caption: "Assigned users and groups",
    columns: ["Username or group name", "Type", "Permission sets"],
    rows: [...sets.values()].map(({ cells, names }) => [...cells, names.toSorted().join(", ")]),
    empty: "Nobody is assigned to this account.",
  })}</div>`;
  const trail = [["AWS accounts", ["accounts"]]] as const;
  return page({ title: account.name, section: "AWS accounts", trail, body });
}
