import type { Hono } from "hono";
import { html } from "hono/html";
import { ConsoleRefusal } from "../console-refusal.ts";
import type { ConsoleWorld } from "../world.ts";
import { type Html, pathTo, table } from "./html.ts";
import { page } from "./layout.ts";

/**
 * Pages for what a person fetches from Entra's admin center: the Federation Metadata XML of an application, and its
 * certificates.
 */
export function addEntraPages(app: Hono, { entra, kernel }: ConsoleWorld): void {
  app.get("/entra", (c) => c.html(applicationsPage(entra)));
  addCertificateFiles(app, entra);
  app.get("/entra/:appId/federation-metadata.xml", async (c) => {
    const appId = c.req.param("appId");
    if (!entra.applications().some(({ application }) => application.appId === appId)) {
      throw new ConsoleRefusal(404, "The tenant has no such application.", {
        remedy: "Choose one under Microsoft Entra.",
      });
    }
    const address = `https://login.microsoftonline.com/${entra.credentials.tenantId}/federationmetadata/2007-06/federationmetadata.xml?appid=${appId}`;
    const metadata = await kernel.network(new Request(address));
    if (!metadata.ok) {
      throw new ConsoleRefusal(409, "Entra does not show the application's metadata yet.", {
        remedy: "New applications take some seconds to appear: load the page again.",
      });
    }
    return c.body(await metadata.text(), 200, {
      "content-type": "application/xml",
      "content-disposition": 'attachment; filename="federation-metadata.xml"',
    });
  });
}

/** Single sign-on, SAML Certificates, the certificate's menu, "PEM certificate download". */
function addCertificateFiles(app: Hono, entra: ConsoleWorld["entra"]): void {
  app.get("/entra/:appId/certificates/:file", (c) => {
    const { appId, file } = c.req.param();
    const thumbprint = file.replace(/\.pem$/, "");
    const application = entra.applications().find((one) => one.application.appId === appId);
    const found = application?.servicePrincipal?.certificates.find(
      ({ certificate }) => certificate.thumbprint === thumbprint,
    );
    if (!found) {
      throw new ConsoleRefusal(404, "The application has no such certificate.", {
        remedy: "Choose one under Microsoft Entra.",
      });
    }
    const lines = found.certificate.der.toString("base64").replaceAll(/.{64}/g, "$&\n");
    return c.body(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, 200, {
      "content-type": "application/x-pem-file",
      "content-disposition": `attachment; filename="${thumbprint}.pem"`,
    });
  });
}

type EntraApplication = ReturnType<ConsoleWorld["entra"]["applications"]>[number];

function certificateLinks({ application, servicePrincipal }: EntraApplication): Html | string {
  if (!servicePrincipal || servicePrincipal.certificates.length === 0) return "None";
  const items = servicePrincipal.certificates.map(({ certificate: { thumbprint } }) => {
    const state = thumbprint === servicePrincipal.preferredTokenSigningKeyThumbprint ? "active" : "inactive";
    return html`<li><a href="${pathTo("entra", application.appId, "certificates", `${thumbprint}.pem`)}" download>${thumbprint.slice(0, 8)}</a> (${state})</li>`;
  });
  return html`<ul>${items}</ul>`;
}

function applicationsPage(entra: ConsoleWorld["entra"]): Html {
  const rows = entra.applications().map((one) => {
    const { application, servicePrincipal } = one;
    return [
      application.displayName,
      html`<code>${application.appId}</code>`,
      servicePrincipal?.preferredSingleSignOnMode ?? "None",
      html`<a href="${pathTo("entra", application.appId, "federation-metadata.xml")}" download>Download</a>`,
      certificateLinks(one),
    ];
  });
  const body = html`<p>Stands for the Microsoft Entra admin center, as far as a person needs it here: Enterprise applications,
the application, Single sign-on, SAML Certificates, Federation Metadata XML.</p>
<div class="box">${table({
    caption: "Enterprise applications",
    columns: ["Name", "Application ID", "Single sign-on", "Federation Metadata XML", "Certificates"],
    rows,
    empty:
      "The tenant has no enterprise application yet: Landbridge creates it once it has AWS's metadata file.",
  })}</div>`;
  return page({ title: "Microsoft Entra", section: "Microsoft Entra", body });
}
