import { readdirSync, readFileSync } from "node:fs";
import { TASK_KINDS } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const GUIDES = new URL("../../docs/guides/", import.meta.url);
const kinds = TASK_KINDS.map(({ kind }) => kind);

function page(kind: string): string {
  return readFileSync(new URL(`${kind}.md`, GUIDES), "utf8");
}

describe("docs/guides", () => {
  it("has a page for each kind of operator task, and no other", () => {
    const pages = readdirSync(GUIDES).filter((file) => file !== "README.md");
    expect(pages.toSorted()).toEqual(kinds.map((kind) => `${kind}.md`).toSorted());
  });

  it.each(kinds)("says of %s what the task itself says (landbridge tasks guide writes it)", async (kind) => {
    expect(page(kind)).toBe((await runCli("tasks", "guide", kind)).out);
  });

  it.each(kinds)("leads to %s", (kind) => {
    expect(readFileSync(new URL("README.md", GUIDES), "utf8")).toContain(`[${kind}](${kind}.md)`);
  });

  it("warns, where it is about to happen, of what surprises people", () => {
    expect(page("identity-source-change")).toMatch(/lose sign-in/);
    expect(page("identity-source-change")).toMatch(/root user stays active/);
    expect(page("identity-source-change")).toMatch(/user names must match/);
    expect(page("scim-credentials")).toMatch(/Nested groups are not synced/);
  });
});
