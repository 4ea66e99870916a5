import { checkBody } from "./checksums.ts";
import { invalidRequest, malformedXml, notImplemented, S3Error } from "./errors.ts";
import { deleteFrom } from "./object-handlers.ts";
import type { Bucket } from "./state.ts";
import { element, textElement, xmlResponse } from "./xml.ts";

/** Keys in one request (operation DeleteObjects). */
const MOST_KEYS = 1000;

interface Deletion {
  readonly key: string;
  /** Only this version of the object is to be deleted; null: any. */
  readonly etag: string | null;
}

/** Operation DeleteObjects: what one key meets does not keep the others from being deleted. */
export async function deleteObjects(bucket: Bucket, request: Request): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const names = [...request.headers.keys()];
  if (!names.some((name) => name === "content-md5" || name.startsWith("x-amz-checksum-"))) {
    throw invalidRequest("Missing required header for this request: Content-MD5 or a checksum");
  }
  checkBody(bytes, Object.fromEntries(request.headers));
  const { deletions, isQuiet } = readRequest(Buffer.from(bytes).toString());
  const results = deletions.map((deletion) => remove(bucket, deletion, isQuiet));
  return xmlResponse(200, element("DeleteResult", results.join("")));
}

function remove(bucket: Bucket, { key, etag }: Deletion, isQuiet: boolean): string {
  try {
    deleteFrom(bucket, key, etag);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const { name, message } = error;
    return element(
      "Error",
      textElement("Key", key) + textElement("Code", name) + textElement("Message", message),
    );
  }
  return isQuiet ? "" : element("Deleted", textElement("Key", key));
}

/**
 * Reads the one document that the operation takes and nothing else: no document type, no attributes but the root's.
 * @throws {S3Error} MalformedXML; NotImplemented for a version or another condition
 */
function readRequest(xml: string): { deletions: Deletion[]; isQuiet: boolean } {
  const root = /^\s*(?:<\?xml[^>]*\?>)?\s*<Delete(?:\s+xmlns="[^"]*")?>(.*)<\/Delete>\s*$/s.exec(xml)?.[1];
  if (root === undefined) throw malformedXml();
  const deletions: Deletion[] = [];
  let isQuiet = false;
  for (const [name, content] of children(root)) {
    if (name === "Object") deletions.push(readDeletion(content));
    else if (name === "Quiet" && /^(true|false)$/.test(content)) isQuiet = content === "true";
    else throw malformedXml();
  }
  if (deletions.length === 0 || deletions.length > MOST_KEYS) throw malformedXml();
  return { deletions, isQuiet };
}

function readDeletion(content: string): Deletion {
  const parts = new Map(children(content));
  const foreign = [...parts.keys()].find((name) => name !== "Key" && name !== "ETag");
  if (foreign !== undefined) throw notImplemented(`${foreign} in DeleteObjects`);
  const key = parts.get("Key") ?? "";
  const etag = parts.get("ETag");
  if (key === "") throw malformedXml();
  return { key: readText(key), etag: etag === undefined ? null : readText(etag) };
}

/** Elements side by side, without attributes and with nothing in between. */
function children(xml: string): [string, string][] {
  const found = [...xml.matchAll(/\s*<(\w+)>(.*?)<\/\1>\s*/gs)];
  if (found.map(([whole]) => whole).join("") !== xml) throw malformedXml();
  return found.map(([, name = "", content = ""]) => [name, content]);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** XML content as text: XML's five entities and references to characters, no others. */
function readText(content: string): string {
  return content.replaceAll(/<|&([^;]*);?/g, (_whole, reference: string | undefined) => {
    const [, decimal, hexadecimal] = /^#(?:(\d+)|x([0-9a-f]+))$/i.exec(reference ?? "") ?? [];
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
    const text = code <= 0x10_ffff ? String.fromCodePoint(code) : ENTITIES[reference ?? ""];
    if (text === undefined) throw malformedXml();
    return text;
  });
}
