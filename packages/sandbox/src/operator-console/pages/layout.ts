import { html } from "hono/html";
import type { Context } from "hono";
import { ConsoleRefusal } from "../console-refusal.ts";
import { type Html, pathTo } from "./html.ts";

const SECTIONS = {
  Dashboard: [],
  Users: ["users"],
  Groups: ["groups"],
  Settings: ["settings"],
  "AWS accounts": ["accounts"],
  "AWS access portal": ["portal"],
  "Microsoft Entra": ["entra"],
} as const satisfies Record<string, readonly string[]>;

export interface Page {
  readonly title: string;
  /** The page's section in the navigation; null for a page outside it. */
  readonly section: keyof typeof SECTIONS | null;
  /** Pages above this one: name and path segments. */
  readonly trail?: readonly (readonly [string, readonly string[]])[];
  /** What was done, shown once. */
  readonly notice?: string | null;
  readonly refusal?: ConsoleRefusal | null;
  readonly body: Html;
}

export function page({ title, section, trail = [], notice = null, refusal = null, body }: Page): Html {
  const links = Object.entries(SECTIONS).map(([name, segments]) => {
    const current = name === section ? html` aria-current="true"` : "";
    return html`<li><a href="${pathTo(...segments)}"${current}>${name}</a></li>`;
  });
  const above = trail.map(([name, segments]) => html`<li><a href="${pathTo(...segments)}">${name}</a></li>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${refusal === null ? "" : "Refused: "}${title} - IAM Identity Center (sandbox)</title>
<link rel="stylesheet" href="${pathTo("style.css")}">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<p class="product"><a href="${pathTo()}">IAM Identity Center</a> <span class="badge">sandbox</span></p>
<p>A rehearsal on this machine. Nothing here reaches AWS or Microsoft.</p>
</header>
<div class="columns">
<nav aria-label="Console"><ul>${links}</ul></nav>
<main id="content" tabindex="-1">
${above.length > 0 ? html`<nav aria-label="Breadcrumb"><ol class="trail">${above}</ol></nav>` : ""}
<h1>${title}</h1>
${notice === null ? "" : html`<p class="note done" role="status">${notice}</p>`}
${refusal === null ? "" : refusalNote(refusal)}
${body}
</main>
</div>
</body>
</html>`;
}

/** For a refusal that belongs to no form. */
export function refusalPage(refusal: ConsoleRefusal): Html {
  const body = html`<p><a href="${pathTo()}">Dashboard</a></p>`;
  return page({ title: "Not done", section: null, refusal, body });
}

function refusalNote({ message, remedy }: ConsoleRefusal): Html {
  return html`<div class="note refused" role="alert"><p><strong>${message}</strong></p><p>${remedy}</p></div>`;
}

/** Does what a form asks for; a refusal is shown on the form's own page instead. */
export async function orShow(
  c: Context,
  act: () => Response | Promise<Response>,
  show: (refusal: ConsoleRefusal) => Html | Promise<Html>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ConsoleRefusal)) throw error;
    return c.html(await show(error), error.status);
  }
}

/** Attributes of the field that a refusal names; its text is in the alert above the form. */
export function invalid(refusal: ConsoleRefusal | null, field: string): Html | string {
  return refusal?.field === field ? html` aria-invalid="true" autofocus` : "";
}
