import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { ConsoleRefusal } from "../console-refusal.ts";
import { readIdentityProvider } from "../saml-metadata.ts";
import type { ConsoleWorld } from "../world.ts";
import { copyable, facts, type Html, pathTo } from "./html.ts";
import { confirmationForm } from "./identity-source-confirmation.ts";
import { invalid, orShow, page } from "./layout.ts";

const STEPS = ["Choose identity source", "Configure external identity provider", "Confirm the change"];
const PATH = ["settings", "change-identity-source"] as const;

/** Settings, Identity source, Actions, Change identity source (user guide, "How to connect to an external identity provider"). */
export function addIdentitySourcePages(app: Hono, world: ConsoleWorld): void {
  app.get("/settings/sp-metadata.xml", (c) =>
    c.body(world.operatorConsole.serviceProviderMetadata(), 200, {
      "content-type": "application/xml",
      "content-disposition": 'attachment; filename="sp-metadata.xml"',
    }),
  );
  app.get("/settings/change-identity-source", (c) => c.html(wizard(1, chooseForm())));
  app.post("/settings/change-identity-source", (c) => orShow(c, () => choose(c), onStep(1, chooseForm)));
  app.get("/settings/change-identity-source/external", (c) => c.html(wizard(2, configureForm(world))));
  app.post("/settings/change-identity-source/external", (c) => {
    return orShow(
      c,
      () => review(c, world),
      onStep(2, (refusal) => configureForm(world, refusal)),
    );
  });
  app.post("/settings/change-identity-source/confirm", (c) => confirm(c, world));
}

async function choose(c: Context): Promise<Response> {
  const { source } = await c.req.parseBody();
  if (source === "external") return c.redirect(pathTo(...PATH, "external"), 303);
  throw new ConsoleRefusal(400, "The sandbox changes the identity source to an external provider only.", {
    field: "source",
    remedy: "Select External identity provider; see packages/sandbox/src/operator-console/deviations.md.",
  });
}

async function review(c: Context, world: ConsoleWorld): Promise<Response> {
  const { metadata } = await c.req.parseBody();
  const text = metadata instanceof File ? await metadata.text() : "";
  readIdentityProvider(text);
  return c.html(wizard(3, confirmationForm(world, text)));
}

async function confirm(c: Context, world: ConsoleWorld): Promise<Response> {
  const form = await c.req.parseBody();
  const [metadata, confirmation] = [textOf(form["metadata"]), textOf(form["confirmation"]).trim()];
  return orShow(
    c,
    () => {
      world.operatorConsole.changeIdentitySource({ metadata, confirmation });
      return c.redirect(`${pathTo("settings")}?done=identity-source`, 303);
    },
    // A metadata that cannot be read has no third step to go back to.
    (refusal) =>
      refusal.field === "metadata"
        ? wizard(2, configureForm(world, refusal), refusal)
        : wizard(3, confirmationForm(world, metadata, refusal), refusal),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function onStep(step: number, form: (refusal: ConsoleRefusal) => Html) {
  return (refusal: ConsoleRefusal) => wizard(step, form(refusal), refusal);
}

function wizard(step: number, form: Html, refusal: ConsoleRefusal | null = null): Html {
  const list = STEPS.map((name, index) => {
    const current = index + 1 === step ? html` aria-current="step"` : "";
    return html`<li${current}>${name}</li>`;
  });
  return page({
    title: "Change identity source",
    section: "Settings",
    trail: [["Settings", ["settings"]]],
    refusal,
    body: html`<ol class="wizard" aria-label="Steps">${list}</ol>${form}`,
  });
}

function chooseForm(): Html {
  return html`<form method="post" action="${pathTo(...PATH)}">
<fieldset><legend>Choose identity source</legend>
${option("directory", "Identity Center directory", "Users and passwords are kept here.")}
${option("active-directory", "Active Directory", "Users come from a directory that AWS manages or is connected to.")}
${option("external", "External identity provider", "People sign in elsewhere, here with Microsoft Entra ID, over SAML 2.0.")}
</fieldset>
<p class="buttons"><a href="${pathTo("settings")}">Cancel</a> <button>Next</button></p>
</form>`;
}

function configureForm({ operatorConsole }: ConsoleWorld, refusal: ConsoleRefusal | null = null): Html {
  const { issuer, acsUrl, dualStackAcsUrl } = operatorConsole.serviceProvider;
  return html`<section aria-labelledby="sp">
<h2 id="sp">Service provider metadata</h2>
<p>Your identity provider needs this file, or these addresses.</p>
<p><a class="button" href="${pathTo("settings", "sp-metadata.xml")}" download>Download metadata file</a></p>
${facts({
  "AWS access portal sign-in URL": copyable(operatorConsole.portalUrl),
  "IAM Identity Center Assertion Consumer Service (ACS) URL": copyable(acsUrl),
  "The same, dual-stack": copyable(dualStackAcsUrl),
  "IAM Identity Center issuer URL": copyable(issuer),
})}
</section>
<form method="post" enctype="multipart/form-data" action="${pathTo(...PATH, "external")}">
<section aria-labelledby="idp">
<h2 id="idp">Identity provider metadata</h2>
<label for="metadata">IdP SAML metadata</label>
<p class="hint" id="metadata-hint">The Federation Metadata XML of the enterprise application. In this sandbox:
<a href="${pathTo("entra")}">Microsoft Entra</a>.</p>
<input type="file" id="metadata" name="metadata" accept=".xml,application/xml,text/xml,application/samlmetadata+xml" required
 aria-describedby="metadata-hint"${invalid(refusal, "metadata")}>
</section>
<p class="buttons"><a href="${pathTo("settings")}">Cancel</a> <button>Next</button></p>
</form>`;
}

function option(value: string, name: string, text: string): Html {
  return html`<label class="choice"><input type="radio" name="source" value="${value}" required> <span><strong>${name}</strong><br>${text}</span></label>`;
}
