import type { Context, Hono } from "hono";
import { html } from "hono/html";
import type { ConsoleRefusal } from "../console-refusal.ts";
import type { ProviderCertificate } from "../saml-certificates.ts";
import type { ConsoleWorld } from "../world.ts";
import { type Html, pathTo, table, time } from "./html.ts";
import { invalid, orShow, page } from "./layout.ts";

const PATH = ["settings", "authentication"] as const;
const NOTICES: Readonly<Record<string, string>> = {
  imported: "You imported a certificate. Sign-ins that it signs are accepted from now on.",
  deleted: "You deleted a certificate. Sign-ins that it signs are refused from now on.",
};

/** Settings, Identity source, Actions, Manage authentication (user guide, "Manage SAML 2.0 certificates"). */
export function addCertificatePages(app: Hono, world: ConsoleWorld): void {
  const { operatorConsole } = world;
  app.get("/settings/authentication", (c) =>
    c.html(certificatesPage(world, { notice: NOTICES[c.req.query("done") ?? ""] })),
  );
  app.post("/settings/authentication", (c) =>
    orShow(
      c,
      async () => {
        const { certificate } = await c.req.parseBody();
        operatorConsole.importCertificate(certificate instanceof File ? await certificate.text() : "");
        return done(c, "imported");
      },
      (refusal) => certificatesPage(world, { refusal }),
    ),
  );
  app.post("/settings/authentication/:thumbprint/delete", (c) =>
    orShow(
      c,
      () => {
        operatorConsole.deleteCertificate(c.req.param("thumbprint"));
        return done(c, "deleted");
      },
      (refusal) => certificatesPage(world, { refusal }),
    ),
  );
}

function done(c: Context, what: string): Response {
  return c.redirect(`${pathTo(...PATH)}?done=${what}`, 303);
}

interface Said {
  readonly notice?: string | undefined;
  readonly refusal?: ConsoleRefusal;
}

/** @throws {ConsoleRefusal} while the identity source is the Identity Center directory */
function certificatesPage({ operatorConsole }: ConsoleWorld, { notice, refusal }: Said): Html {
  const body = html`<section aria-labelledby="certificates">
<h2 id="certificates">SAML 2.0 certificates</h2>
${table({
  caption: "Certificates by which sign-ins are checked. Several can be here at a time.",
  columns: ["Thumbprint", "Subject", "Expires", "Action"],
  rows: operatorConsole.listCertificates().map(certificateRow),
  empty: "There is no certificate: nobody can sign in.",
})}
</section>
<form class="box" method="post" enctype="multipart/form-data" action="${pathTo(...PATH)}">
<label for="certificate">Import certificate</label>
<p class="hint" id="certificate-hint">A certificate file (PEM) of the enterprise application. In this sandbox:
<a href="${pathTo("entra")}">Microsoft Entra</a>.</p>
<input type="file" id="certificate" name="certificate" accept=".pem,.cer,.crt" required aria-describedby="certificate-hint"${invalid(refusal ?? null, "certificate")}>
<p class="buttons"><button>Import certificate</button></p>
</form>`;
  return page({
    title: "Manage authentication",
    section: "Settings",
    trail: [["Settings", ["settings"]]],
    notice: notice ?? null,
    refusal: refusal ?? null,
    body,
  });
}

function certificateRow({ thumbprint, subject, expiresAt }: ProviderCertificate): (Html | string)[] {
  const remove = html`<form method="post" action="${pathTo(...PATH, thumbprint, "delete")}"><button aria-label="Delete the certificate ${thumbprint}">Delete</button></form>`;
  return [
    html`<code>${thumbprint}</code>`,
    subject,
    expiresAt === "" ? "not readable" : time(expiresAt),
    remove,
  ];
}
