import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { awsOn, refusal } from "../test-support/fake-aws.ts";

const NAME = "landbridge/scim-token";
const [V0, V1, V2] = ["0", "1", "2"].map((digit) => `00000000-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
];

const labels = (VersionIdsToStages: Readonly<Record<string, readonly string[]>>) => ({ VersionIdsToStages });
const NOT_ATTACHED = refusal(
  "InvalidParameterException",
  "The staging label is not attached to that version",
);

describe("secret store", () => {
  it("adds a version as candidate, so that what is current stays current", async () => {
    const { secrets, requests } = awsOn({
      PutSecretValue: { VersionId: V2, VersionStages: ["CANDIDATE"] },
    });
    expect(await secrets.add(NAME, "the token")).toEqual({ name: NAME, versionId: V2 });
    expect(requests).toMatchObject([
      {
        target: "secretsmanager.PutSecretValue",
        body: { SecretId: NAME, SecretString: "the token", VersionStages: ["CANDIDATE"] },
      },
    ]);
  });

  it("adds one version only when the answer to the first attempt was lost", async () => {
    const { secrets, sent } = awsOn({
      PutSecretValue: [refusal("InternalServiceError", "oops", 500), { VersionId: V2 }],
    });
    await secrets.add(NAME, "the token");
    const tokens = sent("PutSecretValue").map(
      (body) => (body as { ClientRequestToken: string }).ClientRequestToken,
    );
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
  });

  it("reads exactly the version that the reference names", async () => {
    const { secrets, sent } = awsOn({ GetSecretValue: { SecretString: "the token" } });
    expect(await secrets.read({ name: NAME, versionId: V2 })).toBe("the token");
    expect(sent("GetSecretValue")).toEqual([{ SecretId: NAME, VersionId: V2 }]);
  });

  it("moves AWSCURRENT from the version that has it", async () => {
    const { secrets, sent } = awsOn({
      DescribeSecret: {
        VersionIdsToStages: { [V0]: ["AWSPREVIOUS"], [V1]: ["AWSCURRENT"], [V2]: ["CANDIDATE"] },
      },
      UpdateSecretVersionStage: {},
    });
    await secrets.promote({ name: NAME, versionId: V2 });
    expect(sent("UpdateSecretVersionStage")).toEqual([
      { SecretId: NAME, VersionStage: "AWSCURRENT", MoveToVersionId: V2, RemoveFromVersionId: V1 },
    ]);
  });

  it("puts AWSCURRENT on the first version of a secret that had no value", async () => {
    const { secrets, sent } = awsOn({
      DescribeSecret: { VersionIdsToStages: { [V1]: ["CANDIDATE"] } },
      UpdateSecretVersionStage: {},
    });
    await secrets.promote({ name: NAME, versionId: V1 });
    expect(sent("UpdateSecretVersionStage")).toEqual([
      { SecretId: NAME, VersionStage: "AWSCURRENT", MoveToVersionId: V1 },
    ]);
  });

  it("writes nothing when the version is current already", async () => {
    const { secrets, requests } = awsOn({
      DescribeSecret: { VersionIdsToStages: { [V2]: ["AWSCURRENT", "CANDIDATE"] } },
    });
    await secrets.promote({ name: NAME, versionId: V2 });
    expect(requests.map(({ operation }) => operation)).toEqual(["DescribeSecret"]);
  });

  it("has moved AWSCURRENT once when the answer was lost and AWS refuses the repetition", async () => {
    const { secrets, sent } = awsOn({
      DescribeSecret: [
        labels({ [V1]: ["AWSCURRENT"], [V2]: ["CANDIDATE"] }),
        labels({ [V2]: ["AWSCURRENT"] }),
      ],
      UpdateSecretVersionStage: [refusal("InternalServiceError", "oops", 500), NOT_ATTACHED],
    });
    await secrets.promote({ name: NAME, versionId: V2 });
    expect(sent("UpdateSecretVersionStage")).toHaveLength(2);
  });

  it("passes on that AWS refuses to move AWSCURRENT because somebody else has moved it elsewhere", async () => {
    const { secrets } = awsOn({
      DescribeSecret: [
        labels({ [V1]: ["AWSCURRENT"], [V2]: ["CANDIDATE"] }),
        labels({ [V0]: ["AWSCURRENT"] }),
      ],
      UpdateSecretVersionStage: NOT_ATTACHED,
    });
    await expect(secrets.promote({ name: NAME, versionId: V2 })).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("names the action that is missing, and nothing of the secret", async () => {
    const { secrets } = awsOn({ PutSecretValue: refusal("AccessDeniedException", "not authorized") });
    const error: unknown = await secrets.add(NAME, "canary-token").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "AccessDenied" });
    expect(String(error)).toContain("secretsmanager:PutSecretValue");
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("canary-token");
  });
});
