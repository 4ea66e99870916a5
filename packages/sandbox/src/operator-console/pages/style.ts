import { readFileSync } from "node:fs";
import type { Hono } from "hono";

const STYLE = readFileSync(new URL("./style.css", import.meta.url), "utf8");

export function addStyle(app: Hono): void {
  app.get("/style.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
}
