import { checkBody } from "./checksums.ts";
import { invalidRequest, malformedXml, notImplemented, S3Error } from "./errors.ts";
import { deleteFrom, type Deletion, type WritePlace } from "./object-handlers.ts";
import type { Bucket } from "./state.ts";
import { element, textElement, xmlResponse } from "./xml.ts";

/** Keys in one request (operation DeleteObjects). */
const MOST_KEYS = 1000;

/** Operation DeleteObjects: what one key meets does not keep the others from being deleted. */
export async function deleteObjects(bucket: Bucket, request: Request, place: WritePlace): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const names = [...request.headers.keys()];
  if (!names.some((name) => name === "content-md5" || name.startsWith("x-amz-checksum-"))) {
    throw invalidRequest("Missing required header for this request: Content-MD5 or a checksum");
  }
  checkBody(bytes, Object.fromEntries(request.headers));
  const { deletions, isQuiet } = readRequest(Buffer.from(bytes).toString());
  const results = deletions.map((deletion) => {
    const result = remove(bucket, deletion, place);
    return isQuiet && result.isDeleted ? "" : result.xml;
  });
  return xmlResponse(200, element("DeleteResult", results.join("")));
}

function remove(
  bucket: Bucket,
  deletion: Deletion,
  place: WritePlace,
): { readonly isDeleted: boolean; readonly xml: string } {
  const { key, versionId } = deletion;
  const named = textElement("Key", key) + (versionId === null ? "" : textElement("VersionId", versionId));
  try {
    const deleted = deleteFrom(bucket, deletion, place);
    const isMarker = deleted?.body === null;
    const marker = isMarker
      ? textElement("DeleteMarker", true) + textElement("DeleteMarkerVersionId", deleted.versionId)
      : "";
    return { isDeleted: true, xml: element("Deleted", named + marker) };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const { name, message } = error;
    const said = textElement("Code", name) + textElement("Message", message);
    return { isDeleted: false, xml: element("Error", named + said) };
  }
}

/**
 * Reads only the one document that the operation accepts: no document type, no attributes but the root's.
 * @throws {S3Error} MalformedXML; NotImplemented for a condition other than the entity tag
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
  const foreign = [...parts.keys()].find((name) => !["Key", "VersionId", "ETag"].includes(name));
  if (foreign !== undefined) throw notImplemented(`${foreign} in DeleteObjects`);
  const key = parts.get("Key") ?? "";
  if (key === "") throw malformedXml();
  const textOf = (name: string) => {
    const text = parts.get(name);
    return text === undefined ? null : readText(text);
  };
  return { key: readText(key), versionId: textOf("VersionId"), etag: textOf("ETag") };
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
