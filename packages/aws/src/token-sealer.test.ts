import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { makeClientConfig } from "./client-config.ts";
import { fakeClock, fakeHandler, refusal, type SentRequest } from "../test-support/fake-aws.ts";
import { REGION } from "../test-support/sample-instance.ts";
import { makeTokenSealer } from "./token-sealer.ts";

const NAME = "landbridge/task-key";
const TOKEN = "AQCEAAAAKgAAAAMAAAAAAAAAAcanary";
const TASK = { taskId: "7b1c", kind: "scim-credentials" };
const [V1, V2] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] as const;

/** A sealer on a secret whose versions are these, the last one current. */
function sealerOn(versions: Readonly<Record<string, string>>) {
  const { requestHandler, requests } = fakeHandler({
    GetSecretValue: ({ body }: SentRequest) => {
      const { VersionId = Object.keys(versions).at(-1) ?? "" } = body as { VersionId?: string };
      const SecretString = versions[VersionId];
      return SecretString === undefined
        ? refusal("ResourceNotFoundException", "no such version")
        : { SecretString, VersionId };
    },
  });
  const config = makeClientConfig({ region: REGION, clock: fakeClock(), requestHandler });
  return { sealer: makeTokenSealer(new SecretsManagerClient(config), NAME), requests };
}

const aKey = () => randomBytes(32).toString("base64");

describe("token sealer", () => {
  it("gives a token back that it sealed, and writes it twice in different ways", async () => {
    const { sealer, requests } = sealerOn({ [V1]: aKey() });
    const [one, other] = [await sealer.seal(TOKEN, TASK), await sealer.seal(TOKEN, TASK)];
    expect(one).not.toContain("canary");
    expect(one).not.toBe(other);
    expect(await sealer.unseal(one, TASK)).toBe(TOKEN);
    expect(await sealer.unseal(other, TASK)).toBe(TOKEN);
    expect(requests.map(({ body }) => body)).toEqual([{ SecretId: NAME }, { SecretId: NAME, VersionId: V1 }]);
  });

  it("opens no token for another task or another kind", async () => {
    const { sealer } = sealerOn({ [V1]: aKey() });
    const sealed = await sealer.seal(TOKEN, TASK);
    for (const other of [
      { ...TASK, taskId: "7b1d" },
      { ...TASK, kind: "plan-approval" },
    ])
      await expect(sealer.unseal(sealed, other)).rejects.toMatchObject({ name: "TaskTokenUnreadable" });
  });

  it("notices every changed character and every shorter tag", async () => {
    const { sealer } = sealerOn({ [V1]: aKey() });
    const sealed = await sealer.seal(TOKEN, TASK);
    const start = sealed.indexOf(V1) + V1.length + 1;
    for (let index = start; index < sealed.length; index += 7) {
      const changed = `${sealed.slice(0, index)}${sealed[index] === "A" ? "Q" : "A"}${sealed.slice(index + 1)}`;
      await expect(sealer.unseal(changed, TASK), changed).rejects.toMatchObject({
        name: "TaskTokenUnreadable",
      });
    }
    const [format, version, nonce, tag, text] = sealed.split(".");
    const short = [format, version, nonce, tag?.slice(0, 8), text].join(".");
    await expect(sealer.unseal(short, TASK)).rejects.toMatchObject({ name: "TaskTokenUnreadable" });
    await expect(sealer.unseal(TOKEN, TASK)).rejects.toMatchObject({ name: "TaskTokenUnreadable" });
  });

  it("opens what was sealed before the key was changed, and says so when that key is gone", async () => {
    const old = aKey();
    const sealed = await sealerOn({ [V1]: old }).sealer.seal(TOKEN, TASK);
    expect(await sealerOn({ [V1]: old, [V2]: aKey() }).sealer.unseal(sealed, TASK)).toBe(TOKEN);
    await expect(sealerOn({ [V2]: aKey() }).sealer.unseal(sealed, TASK)).rejects.toThrow(
      `version ${V1} of secret ${NAME} is gone`,
    );
  });

  it("refuses a key of the wrong size, and repeats nothing of it", async () => {
    const weak = randomBytes(16).toString("base64");
    const error: unknown = await sealerOn({ [V1]: weak })
      .sealer.seal(TOKEN, TASK)
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("must be 32 bytes in base64; it has 16");
    expect(inspect(error, { depth: null })).not.toContain(weak);
  });
});
