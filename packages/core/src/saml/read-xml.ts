import { SaxesParser } from "saxes";
import { FlowError } from "../errors.ts";

/** One element of a document that {@link readXml} accepted. Attributes without a namespace only. */
export interface XmlElement {
  readonly name: string;
  /** Namespace, empty for none. */
  readonly uri: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Own text and CDATA, joined: a comment in the middle cannot cut it short. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const MAX_BYTES = 1_000_000;
/** saxes resolves prefixes in time quadratic in depth; SAML metadata is about ten deep. */
const MAX_DEPTH = 64;
const MAX_ELEMENTS = 5_000;
const ASK_AGAIN = "download the file again and use it unchanged";

/**
 * Reads an XML document from an untrusted source: at most 1 MB of UTF-8, 64 levels deep, 5,000 elements, well-formed, one
 * root, namespaces resolved, no document type (so there are no entities, and nothing is fetched).
 * @throws {FlowError} MetadataInvalid
 */
export function readXml(xml: string): XmlElement {
  const bytes = Buffer.byteLength(xml);
  if (bytes > MAX_BYTES) {
    throw refusal(`the document has ${bytes} bytes, the maximum is ${MAX_BYTES}; ${ASK_AGAIN}`);
  }
  // A pasted file easily gains a byte order mark or an empty line, which XML forbids before its declaration.
  const document = xml.trim();
  if (!document.startsWith("<")) throw refusal("the document is not XML: paste the whole metadata file");
  return parse(document);
}

function parse(xml: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;

  parser.on("error", (error) => {
    throw refusal(`not well-formed XML at ${excerpt(error.message)}; ${ASK_AGAIN}`);
  });
  parser.on("doctype", (doctype) => {
    throw refusal(
      `the document has a DOCTYPE${purposeOf(doctype)}, which no SAML metadata needs; ${ASK_AGAIN}`,
    );
  });
  parser.on("opentagstart", () => {
    elements += 1;
    if (elements > MAX_ELEMENTS) throw refusal(`more than ${MAX_ELEMENTS} elements; ${ASK_AGAIN}`);
    if (open.length >= MAX_DEPTH) {
      throw refusal(`elements are nested more than ${MAX_DEPTH} deep; ${ASK_AGAIN}`);
    }
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    const own = Object.values(attributes).filter((attribute) => attribute.uri === "");
    const element: OpenElement = {
      name: local,
      uri,
      attributes: new Map(own.map((attribute) => [attribute.local, attribute.value])),
      children: [],
      text: "",
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  function addText(text: string): void {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  }
  parser.on("text", addText);
  parser.on("cdata", addText);

  parser.write(xml).close();
  if (root === undefined) throw refusal(`the document has no element; ${ASK_AGAIN}`);
  return root;
}

/** Describes the purpose of a document type: it is never there by accident. */
function purposeOf(doctype: string): string {
  const external = /^\s*\S+\s+(?:SYSTEM|PUBLIC)\b|<!ENTITY\b[^>]*\s(?:SYSTEM|PUBLIC)\s/.test(doctype);
  if (external) return " that reads another file or address";
  return doctype.includes("<!ENTITY") ? " that declares entities to be expanded" : "";
}

/** The children of that name and namespace. */
export function childrenNamed(parent: XmlElement, uri: string, name: string): XmlElement[] {
  return parent.children.filter((child) => child.name === name && child.uri === uri);
}

/** A piece of a document that is safe to show in a message: short, printable, on one line. */
export function excerpt(text: string | undefined): string {
  if (text === undefined) return "missing";
  const printable = text.replaceAll(/[^\x20-\x7e]+/g, " ").trim();
  return printable.length > 120 ? `${printable.slice(0, 120)}...` : printable;
}

/** The refusal of a metadata document. */
export function refusal(message: string, cause?: unknown): FlowError<"MetadataInvalid"> {
  return new FlowError("MetadataInvalid", `SAML metadata refused: ${message}`, { cause });
}
