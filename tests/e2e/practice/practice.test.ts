import { describe, expect, it } from "vitest";
import { httpVisitor } from "./http-visitor.ts";
import { aFolder, practise, setUp } from "./journey.ts";

describe("a person practises the setup, landbridge demo --interactive --serve", () => {
  it("does the steps on the console's pages and answers in the terminal, with mistakes on the way", async () => {
    const folder = aFolder();
    await setUp(httpVisitor(folder), folder);
  });

  it("gives up at the end of the input: the flow ends as declined and nothing is served on", async () => {
    const cli = practise(aFolder());
    await cli.until(/Path of the downloaded XML file/);
    cli.endInput();
    expect(await cli.exitCode()).toBe(130);
    expect(cli.output).toContain("OperatorDeclined in connect");
    expect(cli.output).not.toContain("still running");
  });

  it("stops at once at Ctrl+C, while a question is open", async () => {
    const cli = practise(aFolder());
    await cli.until(/Path of the downloaded XML file/);
    cli.interrupt();
    expect(await cli.exitCode()).toBe(130);
    expect(cli.output).toContain("Stopped.");
    expect(cli.output).not.toMatch(/\bat .*\.ts:\d+/);
  });
});
