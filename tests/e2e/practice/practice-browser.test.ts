import { describe, expect, it } from "vitest";
import { browserVisitor } from "./browser-visitor.ts";
import { aBrowser, findChromium } from "./chromium.ts";
import { aFolder, setUp } from "./journey.ts";

const executablePath = findChromium();
const reason = executablePath === null ? " (SKIPPED: no chromium; install one or set CHROMIUM_PATH)" : "";

describe.skipIf(executablePath === null)(`a person practises the setup in a browser${reason}`, () => {
  it.each([
    [
      "a phone in the dark, without JavaScript",
      { viewport: { width: 390, height: 800 }, colorScheme: "dark" },
    ],
    ["a desktop", { viewport: { width: 1200, height: 900 }, colorScheme: "light" }],
  ] as const)("with %s", async (what, options) => {
    const folder = aFolder();
    const browser = await aBrowser(executablePath ?? "");
    const context = await browser.newContext({ ...options, javaScriptEnabled: !what.includes("without") });
    const problems: string[] = [];
    context.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) problems.push(message.text());
    });
    await setUp(browserVisitor(context, folder), folder);
    expect(problems).toEqual([]);
  });
});
