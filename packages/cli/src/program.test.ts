import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { run } from "./program.ts";

describe("an error", () => {
  it("reaches the terminal without the escape sequences that it quotes, its lines as they are", async () => {
    const err = new PassThrough();
    await run(["policy", "check", "no\u001b[2K\rsuch\u202efile"], {
      out: new PassThrough(),
      err,
      variables: {},
    });
    err.end();
    const shown = await text(err);
    expect(shown).toContain("such");
    expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
