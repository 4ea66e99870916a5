import { html } from "hono/html";
import { count, type Html, pathTo, table } from "./html.ts";
import { page } from "./layout.ts";

const PAGE_SIZE = 50;

interface List<Item> {
  readonly title: "Users" | "Groups";
  /** Query of the URL: `q` filters, `page` counts from 1. */
  readonly query: Readonly<Record<string, string>>;
  readonly all: readonly Item[];
  /** The text that the filter searches. */
  readonly textOf: (item: Item) => string;
  readonly columns: readonly string[];
  readonly row: (item: Item) => (Html | string)[];
  readonly empty: string;
}

export function listPage<Item>({ title, query, all, textOf, columns, row, empty }: List<Item>): Html {
  const filter = query["q"] ?? "";
  const matching = all.filter((item) => textOf(item).toLowerCase().includes(filter.toLowerCase()));
  const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE));
  const asked = Math.trunc(Number(query["page"] ?? "1")) || 1;
  const current = Math.min(pages, Math.max(1, asked));
  const start = (current - 1) * PAGE_SIZE;
  const section = title.toLowerCase();
  const link = (to: number, name: string, rel: string) =>
    to < 1 || to > pages
      ? ""
      : html`<a rel="${rel}" href="${pathTo(section)}?q=${encodeURIComponent(filter)}&page=${to}">${name}</a>`;
  const steps = html`<nav class="bar" aria-label="Pages of the list">${link(current - 1, "Previous", "prev")}
<span>Page ${current} of ${pages}</span>${link(current + 1, "Next", "next")}</nav>`;
  const body = html`<form class="find" method="get" action="${pathTo(section)}" role="search">
<div><label for="q">Find by name</label><input type="search" id="q" name="q" value="${filter}"></div> <button>Find</button>
</form>
<div class="box">
${table({
  caption: count(matching.length, title.slice(0, -1).toLowerCase()),
  columns,
  rows: matching.slice(start, start + PAGE_SIZE).map(row),
  empty: filter === "" ? empty : `Nothing matches "${filter}".`,
})}
${pages > 1 ? steps : ""}
</div>`;
  return page({ title, section: title, body });
}
