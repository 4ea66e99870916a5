import { html } from "hono/html";

/** Markup; `html` escapes its values unless they are markup themselves. */
export type Html = ReturnType<typeof html>;

/** Where the console is mounted. Requests no longer show it, but links need it. */
const BASE = "/console";

/** Address of a page: `pathTo("users", id)`. Segments are encoded. */
export function pathTo(...segments: readonly string[]): string {
  return [BASE, ...segments.map(encodeURIComponent)].join("/");
}

/** Names and their values. */
export function facts(rows: Readonly<Record<string, Html | string>>): Html {
  const items = Object.entries(rows).map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  );
  return html`<dl class="facts">${items}</dl>`;
}

/** A text that one click selects as a whole. */
export function copyable(text: string): Html {
  return html`<code class="copy">${text}</code>`;
}

interface Table {
  /** Describes the table, also for screen readers. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly (Html | string)[])[];
  /** Shown when there is no row. */
  readonly empty: string;
}

export function table({ caption, columns, rows, empty }: Table): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const body = rows.map(([name, ...cells]) => {
    // The label shows on narrow screens, where each row is a card.
    const rest = cells.map((cell, index) => html`<td data-label="${columns[index + 1] ?? ""}">${cell}</td>`);
    return html`<tr><th scope="row">${name}</th>${rest}</tr>`;
  });
  return html`<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${body}</tbody>
</table>`;
}

/** `2026-03-02 08:00 UTC` of the sandbox's clock. @param when ISO time or milliseconds since the epoch */
export function time(when: string | number): Html {
  const iso = new Date(when).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace("T", " ")} UTC</time>`;
}

/** `1 user`, `2 users` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
