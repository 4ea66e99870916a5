import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { makePrompts } from "./make-prompts.ts";

const folder = mkdtempSync(join(tmpdir(), "landbridge-prompts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const XML = '<?xml version="1.0"?>\n<md:EntityDescriptor entityID="a">\n\n<md:X/>\n</md:EntityDescriptor>';

function withInput(text: string) {
  const input = new PassThrough();
  input.end(text);
  let said = "";
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      said += chunk.toString();
      done();
    },
  });
  return { prompts: makePrompts(input, output), said: () => said };
}

describe("prompts without a terminal", () => {
  it("take a line each and show nothing of it, so that no token appears in a log", async () => {
    const { prompts, said } = withInput("first\n  secret-4711 \n");
    expect(await prompts.text("one")).toBe("first");
    expect(await prompts.secret("two")).toBe("secret-4711");
    expect(said()).toBe("? one\n? two\n");
  });

  it("answer null at the end of the input, also in the middle of a document", async () => {
    const { prompts } = withInput("<md:EntityDescriptor>\n");
    expect(await prompts.document("file")).toBeNull();
    expect(await prompts.text("more")).toBeNull();
  });

  it("take pasted XML up to its last tag, empty lines included, and the next line as the next answer", async () => {
    const { prompts } = withInput(`${XML}\nACCEPT\n`);
    expect(await prompts.document("file")).toBe(XML);
    expect(await prompts.text("word")).toBe("ACCEPT");
  });

  it.each([
    ["as typed", (path: string) => path],
    ["in quotes", (path: string) => `'${path}'`],
    ["with escaped spaces, as dragged onto a terminal", (path: string) => path.replaceAll(" ", "\\ ")],
  ])("take the path of a file %s", async (_how, typed) => {
    const path = join(folder, "sp metadata.xml");
    writeFileSync(path, XML);
    const { prompts } = withInput(`${typed(path)}\n`);
    expect(await prompts.document("file")).toBe(XML);
  });

  it("say why a file cannot be read and ask again", async () => {
    const { prompts, said } = withInput(`${join(folder, "none.xml")}\n${XML}\n`);
    expect(await prompts.document("file")).toBe(XML);
    expect(said()).toMatch(/^\? file\n! Error: ENOENT.*none\.xml'\n\? file\n$/);
  });

  it("answer an open question with null when they are closed", async () => {
    const { prompts } = { prompts: makePrompts(new PassThrough(), new PassThrough()) };
    const answer = prompts.text("anything");
    prompts.close();
    expect(await answer).toBeNull();
  });
});
