import { invalidRequest } from "./errors.ts";

export interface DecodedBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Trailing headers by lower-case name: where the SDK puts the checksum of a stream. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Undoes `Content-Encoding: aws-chunked` (S3 API reference, "Transferring payload in multiple chunks").
 * Chunk signatures are not
 * checked, as no signature is.
 * @throws {S3Error} InvalidRequest when a chunk is cut short or malformed
 */
export function decodeChunkedBody(raw: Uint8Array): DecodedBody {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const parts: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const line = readLine(buffer, offset);
    const size = /^[0-9a-f]+/i.exec(line.text)?.[0];
    if (size === undefined) throw invalidRequest("A chunk of the aws-chunked body has no size.");
    offset = line.next;
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    if (offset + length > buffer.length) throw invalidRequest("The aws-chunked body is cut short.");
    parts.push(buffer.subarray(offset, offset + length));
    offset = readLine(buffer, offset + length).next;
  }
  return { bytes: Uint8Array.from(Buffer.concat(parts)), trailers: readTrailers(buffer, offset) };
}

function readTrailers(buffer: Buffer, start: number): Record<string, string> {
  const lines = buffer.subarray(start).toString("latin1").split("\r\n");
  const pairs = lines
    .filter((line) => line.includes(":"))
    .map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
    });
  return Object.fromEntries(pairs);
}

function readLine(buffer: Buffer, start: number): { text: string; next: number } {
  const end = buffer.indexOf("\r\n", start);
  if (end === -1) throw invalidRequest("The aws-chunked body is cut short.");
  return { text: buffer.subarray(start, end).toString("latin1"), next: end + 2 };
}
