import type { Hono } from "hono";
import { html } from "hono/html";
import { ConsoleRefusal } from "../console-refusal.ts";
import type { ConsoleWorld } from "../world.ts";
import { type Html, pathTo, table } from "./html.ts";
import { page } from "./layout.ts";

/** The one thing that a person fetches from Entra's admin center: the Federation Metadata XML of an application. */
export function addEntraPages(app: Hono, { entra, kernel }: ConsoleWorld): void {
  app.get("/entra", (c) => c.html(applicationsPage(entra)));
  app.get("/entra/:appId/federation-metadata.xml", async (c) => {
    const appId = c.req.param("appId");
    if (!entra.applications().some(({ application }) => application.appId === appId)) {
      throw new ConsoleRefusal(404, "The tenant has no such application.", {
        mend: "Choose one under Microsoft Entra.",
      });
    }
    const address = `https://login.microsoftonline.com/${entra.credentials.tenantId}/federationmetadata/2007-06/federationmetadata.xml?appid=${appId}`;
    const metadata = await kernel.network(new Request(address));
    if (!metadata.ok) {
      throw new ConsoleRefusal(409, "Entra does not show the application's metadata yet.", {
        mend: "New applications take some seconds to appear: load the page again.",
      });
    }
    return c.body(await metadata.text(), 200, {
      "content-type": "application/xml",
      "content-disposition": 'attachment; filename="federation-metadata.xml"',
    });
  });
}

function applicationsPage(entra: ConsoleWorld["entra"]): Html {
  const rows = entra
    .applications()
    .map(({ application, servicePrincipal }) => [
      application.displayName,
      html`<code>${application.appId}</code>`,
      servicePrincipal?.preferredSingleSignOnMode ?? "None",
      html`<a href="${pathTo("entra", application.appId, "federation-metadata.xml")}" download>Download</a>`,
    ]);
  const body = html`<p>Stands for the Microsoft Entra admin center, as far as a person needs it here: Enterprise applications,
the application, Single sign-on, SAML Certificates, Federation Metadata XML.</p>
<div class="box">${table({
    caption: "Enterprise applications",
    columns: ["Name", "Application ID", "Single sign-on", "Federation Metadata XML"],
    rows,
    empty:
      "The tenant has no enterprise application yet: Landbridge creates it once it has AWS's metadata file.",
  })}</div>`;
  return page({ title: "Microsoft Entra", section: "Microsoft Entra", body });
}
