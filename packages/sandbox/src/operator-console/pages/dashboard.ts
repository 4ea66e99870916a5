import type { Hono } from "hono";
import { html } from "hono/html";
import type { ConsoleWorld } from "../world.ts";
import { copyable, count, facts, type Html, pathTo } from "./html.ts";
import { page } from "./layout.ts";

export function addDashboard(app: Hono, world: ConsoleWorld): void {
  app.get("/", (c) => c.html(dashboard(world)));
}

function dashboard(world: ConsoleWorld): Html {
  const { identityCenter, kernel, operatorConsole } = world;
  const body = html`
<section aria-labelledby="setup">
<h2 id="setup">The setup, step by step</h2>
<ol class="steps">${steps(world).map(step)}</ol>
</section>
<section aria-labelledby="summary">
<h2 id="summary">Settings summary</h2>
${facts({
  Region: kernel.region,
  "Organization ID": identityCenter.organization.id,
  "Instance ARN": copyable(identityCenter.instanceArn),
  "Identity store ID": copyable(identityCenter.identityStore.identityStoreId),
  "AWS access portal URL": copyable(operatorConsole.portalUrl),
})}
<p>The access portal's real address leads to AWS. Its stand-in here is <a href="${pathTo("portal")}">AWS access portal</a>.</p>
</section>`;
  return page({ title: "Dashboard", section: "Dashboard", body });
}

interface Step {
  readonly done: boolean;
  readonly name: string;
  readonly path: readonly string[];
  readonly state: string;
}

function steps({ identityCenter, operatorConsole }: ConsoleWorld): Step[] {
  const { users, groups } = identityCenter.identityStore;
  const assignments = identityCenter.assignments().length;
  const external = operatorConsole.identityProvider() !== null;
  const enabled = operatorConsole.scimEndpoint() !== null;
  return [
    {
      done: external,
      name: "Choose your identity source",
      path: ["settings"],
      state: external ? "External identity provider" : "Identity Center directory",
    },
    {
      done: enabled,
      name: "Enable automatic provisioning",
      path: ["settings"],
      state: enabled ? "Enabled" : "Not enabled",
    },
    {
      done: users.size > 0,
      name: "Users and groups arrive",
      path: ["users"],
      state: `${count(users.size, "user")}, ${count(groups.size, "group")}`,
    },
    {
      done: assignments > 0,
      name: "Groups get permission sets in AWS accounts",
      path: ["accounts"],
      state: count(assignments, "assignment"),
    },
    { done: false, name: "Test the sign-in", path: ["portal"], state: "In the AWS access portal" },
  ];
}

function step({ done, name, path, state }: Step): Html {
  const mark = done ? html`<span class="badge good">Done</span> ` : "";
  return html`<li><a href="${pathTo(...path)}">${name}</a><br>${mark}${state}</li>`;
}
