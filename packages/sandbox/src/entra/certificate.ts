import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  sign,
} from "node:crypto";

/** A self-signed X.509 certificate. */
export interface Certificate {
  readonly der: Buffer;
  /** Upper-case hex SHA-1 of the DER. */
  readonly thumbprint: string;
  /** ISO times, whole seconds, as in the certificate. */
  readonly startsAt: string;
  readonly endsAt: string;
  /** Signs the federation metadata; no API returns it. */
  readonly privateKey: KeyObject;
}

interface CertificateRequest {
  readonly commonName: string;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly serialHex: string;
}

const TAG = { integer: 0x02, bitString: 0x03, null: 0x05, oid: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31 };
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const EXPLICIT_VERSION = 0xa0;

/** 2.5.4.3 and 1.2.840.113549.1.1.11, encoded. */
const COMMON_NAME = Buffer.from("550403", "hex");
const SHA256_WITH_RSA = Buffer.from("2a864886f70d01010b", "hex");

/** RSA 2048, SHA-256, version 3 (RFC 5280, section 4.1), as Entra's signing certificates are. */
export async function makeSelfSignedCertificate(request: CertificateRequest): Promise<Certificate> {
  const { publicKey, privateKey } = nextKeyPair();
  const algorithm = sequence(der(TAG.oid, SHA256_WITH_RSA), der(TAG.null));
  const name = distinguishedName(request.commonName);
  const toBeSigned = sequence(
    der(EXPLICIT_VERSION, der(TAG.integer, Buffer.from([2]))),
    // A leading 01 keeps the number positive and free of needless zeros.
    der(TAG.integer, Buffer.from(`01${request.serialHex}`, "hex")),
    algorithm,
    name,
    sequence(time(request.startsAt), time(request.endsAt)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, algorithm, der(TAG.bitString, Buffer.from([0]), signature));
  return {
    der: certificate,
    thumbprint: createHash("sha1").update(certificate).digest("hex").toUpperCase(),
    startsAt: wholeSeconds(request.startsAt),
    endsAt: wholeSeconds(request.endsAt),
    privateKey,
  };
}

/**
 * A key pair takes a tenth of a second to generate: a few serve all certificates of a process, so that consecutive ones
 * differ.
 */
const MOST_PAIRS = 5;
const pairs: KeyPairKeyObjectResult[] = [];

function nextKeyPair(): KeyPairKeyObjectResult {
  const oldest = pairs.length < MOST_PAIRS ? undefined : pairs.shift();
  // Synchronously: a clock that jumps must not see a wait.
  const pair = oldest ?? generateKeyPairSync("rsa", { modulusLength: 2048 });
  pairs.push(pair);
  return pair;
}

function distinguishedName(commonName: string): Buffer {
  const attribute = sequence(der(TAG.oid, COMMON_NAME), der(TAG.utf8, Buffer.from(commonName, "utf8")));
  return sequence(der(TAG.set, attribute));
}

/** UTCTime to 2049, GeneralizedTime from then on (RFC 5280, section 4.1.2.5). */
function time(milliseconds: number): Buffer {
  const digits = wholeSeconds(milliseconds).replaceAll(/[-:T]/g, "");
  return digits < "2050"
    ? der(UTC_TIME, Buffer.from(digits.slice(2), "ascii"))
    : der(GENERALIZED_TIME, Buffer.from(digits, "ascii"));
}

function wholeSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function sequence(...parts: Buffer[]): Buffer {
  return der(TAG.sequence, ...parts);
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}
