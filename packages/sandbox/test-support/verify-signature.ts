import { X509Certificate, createHash, verify } from "node:crypto";

const SIGNATURE = /<Signature xmlns="http:\/\/www\.w3\.org\/2000\/09\/xmldsig#">[\s\S]*?<\/Signature>/;

/**
 * Checks a document with one enveloped signature as a relying party does, with a separate canonicalizer.
 * @returns the certificate that it verifies with
 * @throws {Error} saying what does not fit
 */
export function verifySignature(xml: string): X509Certificate {
  const signature = SIGNATURE.exec(xml)?.[0];
  if (signature === undefined) throw new Error("The document is not signed");
  const root = xml.replace(SIGNATURE, "").replace(/^<\?xml[^>]*\?>/, "");
  const id = / ID="([^"]+)"/.exec(root)?.[1];
  if (!signature.includes(`URI="#${id}"`)) throw new Error("The signature is about another element");
  const digest = createHash("sha256").update(canonical(root)).digest("base64");
  if (digest !== textOf(signature, "DigestValue")) throw new Error("The digest does not fit the document");

  const certificate = new X509Certificate(Buffer.from(textOf(signature, "X509Certificate"), "base64"));
  const signedInfo = /<SignedInfo>[\s\S]*<\/SignedInfo>/.exec(signature)?.[0] ?? "";
  const signed = canonical(
    signedInfo.replace("<SignedInfo>", '<SignedInfo xmlns="http://www.w3.org/2000/09/xmldsig#">'),
  );
  const value = Buffer.from(textOf(signature, "SignatureValue"), "base64");
  if (verify("sha256", Buffer.from(signed), certificate.publicKey, value)) return certificate;
  throw new Error("The signature is not the certificate's");
}

function textOf(xml: string, element: string): string {
  return new RegExp(`<${element}>([^<]*)<`).exec(xml)?.[1] ?? "";
}

interface Scope {
  /** Namespaces by prefix: in force, and as written by an element around this one. */
  readonly inForce: ReadonlyMap<string, string>;
  readonly written: ReadonlyMap<string, string>;
}

/** Exclusive XML Canonicalization 1.0 of an element without comments, entities and CDATA. */
export function canonical(xml: string): string {
  const scopes: Scope[] = [{ inForce: new Map(), written: new Map() }];
  return xml.replaceAll(/<(\/?)([\w:.-]+)([^>]*?)(\/?)>/g, (_, closing, name, rest, empty) => {
    if (closing) {
      scopes.pop();
      return `</${String(name)}>`;
    }
    const { tag, scope } = startTag(String(name), String(rest), scopes.at(-1) as Scope);
    if (empty) return `${tag}</${String(name)}>`;
    scopes.push(scope);
    return tag;
  });
}

function startTag(
  name: string,
  rest: string,
  around: Scope,
): { readonly tag: string; readonly scope: Scope } {
  const inForce = new Map(around.inForce);
  const written = new Map(around.written);
  const attributes: [string, string][] = [];
  for (const [, attribute = "", value = ""] of rest.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    const prefix = /^xmlns(?::(.+))?$/.exec(attribute);
    if (prefix) inForce.set(prefix[1] ?? "", value);
    else attributes.push([attribute, value]);
  }
  const prefixes = new Set([prefixOf(name), ...attributes.map(([one]) => prefixOf(one)).filter(Boolean)]);
  const declarations = [...prefixes].toSorted().flatMap((prefix) => {
    const uri = inForce.get(prefix) ?? "";
    if ((written.get(prefix) ?? "") === uri) return [];
    written.set(prefix, uri);
    return [` xmlns${prefix && `:${prefix}`}="${uri}"`];
  });
  const key = (attribute: string) => {
    const prefix = prefixOf(attribute);
    return `${prefix && inForce.get(prefix)} ${attribute.slice(prefix === "" ? 0 : prefix.length + 1)}`;
  };
  const sorted = attributes.toSorted(([one], [other]) => (key(one) < key(other) ? -1 : 1));
  const shown = sorted.map(([attribute, value]) => ` ${attribute}="${value}"`);
  return { tag: `<${name}${declarations.join("")}${shown.join("")}>`, scope: { inForce, written } };
}

function prefixOf(name: string): string {
  return name.includes(":") ? name.slice(0, name.indexOf(":")) : "";
}
