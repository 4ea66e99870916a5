import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFlowError } from "../errors.ts";
import { readXml } from "./read-xml.ts";

function nested(depth: number): string {
  return "<a>".repeat(depth) + "</a>".repeat(depth);
}

describe("readXml", () => {
  it("gives names without prefix, namespaces, plain attributes and children in order", () => {
    const root = readXml('<p:a xmlns:p="urn:x" one="1" p:two="2"><b/><p:c>text</p:c></p:a>');
    expect(root).toMatchObject({ name: "a", uri: "urn:x" });
    expect([...root.attributes]).toEqual([["one", "1"]]);
    expect(root.children.map(({ name, uri, text }) => ({ name, uri, text }))).toEqual([
      { name: "b", uri: "", text: "" },
      { name: "c", uri: "urn:x", text: "text" },
    ]);
  });

  it("joins text that a comment or CDATA interrupts", () => {
    expect(readXml("<a>good<!-- x -->.evil<![CDATA[.example]]></a>").text).toBe("good.evil.example");
  });

  it("forgives a byte order mark and the empty lines of a pasted file", () => {
    expect(readXml('\uFEFF\n\n<?xml version="1.0"?><a/>\n').name).toBe("a");
  });

  it("does not take a default namespace for an attribute", () => {
    expect([...readXml('<a xmlns="urn:x" constructor="1" __proto__="2"/>').attributes.keys()]).toEqual([
      "constructor",
      "__proto__",
    ]);
  });

  it.each([
    ["a document type", '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>', /DOCTYPE/],
    ["an entity that is not of XML itself", "<a>&nbsp;</a>", /not well-formed/],
    ["a second root", "<a/><b/>", /not well-formed/],
    ["an end tag that is missing", "<a><b></a>", /not well-formed XML at 1:10/],
    ["the same attribute twice", '<a x="1" x="2"/>', /not well-formed/],
    ["a prefix that nothing declares", "<p:a/>", /not well-formed/],
    ["65 levels", nested(65), /nested more than 64 deep/],
    ["5,001 elements", `<a>${"<b/>".repeat(5_000)}</a>`, /more than 5000 elements/],
    ["more than a megabyte", `<a>${"x".repeat(1_000_000)}</a>`, /1000007 bytes/],
    ["a megabyte of bytes in fewer characters", `<a>${"\u20ac".repeat(400_000)}</a>`, /1200007 bytes/],
    ["no XML at all", "d-99671f0a1b", /not XML/],
    ["nothing", "", /not XML/],
    ["a comment alone", "<!-- nothing -->", /not well-formed/],
  ])("refuses %s, and says so", (_what, xml, message) => {
    expect(() => readXml(xml)).toThrow(expect.objectContaining({ name: "MetadataInvalid" }));
    expect(() => readXml(xml)).toThrow(message);
  });

  it("accepts exactly 64 levels and exactly 5,000 elements", () => {
    expect(readXml(nested(64)).name).toBe("a");
    expect(readXml(`<a>${"<b/>".repeat(4_999)}</a>`).children).toHaveLength(4_999);
  });

  it("repeats no more than a short, printable piece of a refused document", () => {
    const name = `a\u0001${"b".repeat(5_000)}`;
    expect(() => readXml(`<${name}><c></${name}>`)).toThrow(/^[\x20-\x7e]{1,300}$/);
  });

  it("fails in no other way, whatever it is given", () => {
    const piece = fc.constantFrom(
      "<a",
      "<a>",
      "</a>",
      " x='1'",
      ">",
      "/>",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "&#0;",
    );
    const document = fc.array(fc.oneof(piece, fc.string({ unit: "binary" })), { maxLength: 12 });
    fc.assert(
      fc.property(document, (pieces) => {
        try {
          readXml(pieces.join(""));
        } catch (error) {
          expect(isFlowError(error, "MetadataInvalid"), String(error)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
