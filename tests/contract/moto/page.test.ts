import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DISAGREEMENTS } from "./disagreements.ts";
import { renderPage } from "./page.ts";

it("docs/sandbox-vs-moto.md lists the disagreements as they are (npm run test:moto -- --write renews it)", () => {
  const page = new URL("../../../docs/sandbox-vs-moto.md", import.meta.url);
  expect(readFileSync(page, "utf8")).toBe(renderPage(DISAGREEMENTS));
});
