import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from "node:crypto";

export type SigningAlgorithm = "RS256" | "ES384";

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Keys that STS signs with, one for each algorithm, generated when first needed. Only they do not repeat with the seed. */
export class SigningKeys {
  readonly #keys = new Map<SigningAlgorithm, SigningKey>();

  /** A JWT in compact form (RFC 7515). */
  sign(algorithm: SigningAlgorithm, claims: object): string {
    const { kid, privateKey } = this.#key(algorithm);
    const signed = `${encode({ alg: algorithm, kid, typ: "JWT" })}.${encode(claims)}`;
    const signature =
      algorithm === "RS256"
        ? sign("sha256", Buffer.from(signed), privateKey)
        : sign("sha384", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  }

  /** The public keys as a JWK set (RFC 7517). */
  jwks(): { readonly keys: readonly JsonWebKey[] } {
    const algorithms = ["RS256", "ES384"] as const;
    const keys = algorithms.map((alg) => {
      const { kid, publicKey } = this.#key(alg);
      return { ...publicKey.export({ format: "jwk" }), alg, kid, use: "sig" };
    });
    return { keys };
  }

  #key(algorithm: SigningAlgorithm): SigningKey {
    const key = this.#keys.get(algorithm) ?? makeKey(algorithm);
    this.#keys.set(algorithm, key);
    return key;
  }
}

/** Synchronously: a clock that jumps must not see a wait. */
function makeKey(algorithm: SigningAlgorithm): SigningKey {
  const pair =
    algorithm === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-384" });
  const der = pair.publicKey.export({ type: "spki", format: "der" });
  return { ...pair, kid: createHash("sha256").update(der).digest("base64url") };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
