import { expect, it } from "vitest";
import { tableDefinition, TIME_TO_LIVE_ATTRIBUTE } from "../../packages/aws/src/table.ts";
import { Environment } from "../../functions/_shared/environment.ts";
import type { Synthesis } from "../../infra/synth/synth.ts";
import { resourceNamed, resourcesOf, VARIABLES } from "./synthesis.ts";

export function aboutStorage(made: () => Synthesis): void {
  it("keeps records in the table that the record store expects, restorable, expiring, safe from deletion", () => {
    const table = resourceNamed(made(), "Table", "Records");
    const { KeySchema = [] } = tableDefinition("");
    expect([table["hashKey"], table["rangeKey"]]).toEqual(
      KeySchema.map(({ AttributeName }) => AttributeName),
    );
    expect(table).toMatchObject({
      billingMode: "PAY_PER_REQUEST",
      pointInTimeRecovery: { enabled: true },
      ttl: { attributeName: TIME_TO_LIVE_ATTRIBUTE, enabled: true },
      deletionProtectionEnabled: true,
    });
  });

  it("keeps files versioned, private, over TLS only, and not forever", () => {
    expect(resourceNamed(made(), "BucketVersioning", "FilesVersions")).toMatchObject({
      versioningConfiguration: { status: "Enabled" },
    });
    expect(resourceNamed(made(), "BucketPublicAccessBlock", "FilesPrivate")).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(String(resourceNamed(made(), "BucketPolicy", "FilesPolicy")["policy"])).toContain(
      '"aws:SecureTransport":"false"',
    );
    const { rules } = resourceNamed(made(), "BucketLifecycleConfiguration", "FilesLifecycle") as {
      rules: object[];
    };
    const prefixes = (rules as readonly { filter: { prefix: string } }[]).map(({ filter }) => filter.prefix);
    expect(prefixes.filter((prefix) => prefix.startsWith("policy"))).toEqual(["policy/proposed/"]);
    expect(resourceNamed(made(), "Bucket", "Files")["forceDestroy"]).toBe(false);
  });

  it("lets the promoting function and the named role change the access policy, and nobody else, administrators included", () => {
    const { policy } = resourceNamed(made(), "BucketPolicy", "FilesPolicy");
    const { Statement } = JSON.parse(String(policy)) as { Statement: { Resource: unknown }[] };
    const bucket = String(resourceNamed(made(), "Bucket", "Files")["bucket"]);
    const key = `arn:aws:s3:::${bucket}/policy/access.yaml`;
    expect(Statement.filter(({ Resource }) => Resource === key)).toEqual([
      {
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        Resource: key,
        Condition: {
          ArnNotEquals: {
            "aws:PrincipalArn": [
              "arn:aws:iam::123456789012:role/landbridge-production-sync-access-promote-policy",
              VARIABLES.LANDBRIDGE_POLICY_WRITER_ROLE_ARN,
            ],
          },
        },
      },
    ]);
    const names = resourcesOf(made(), "Role").map(
      ({ inputs }) => `arn:aws:iam::123456789012:role/${String(inputs["name"])}`,
    );
    expect(names).toContain(
      "arn:aws:iam::123456789012:role/landbridge-production-sync-access-promote-policy",
    );
  });

  it("keeps secrets under a key of its own, out of reach of other principals", () => {
    const policies = resourcesOf(made(), "SecretPolicy");
    for (const { name, inputs } of resourcesOf(made(), "Secret")) {
      expect(inputs["kmsKeyId"], name).toMatch(/^arn:aws:kms:/);
      const policy = policies.find((one) => one.name === `${name}Policy`);
      expect(policy?.inputs["blockPublicPolicy"], name).toBe(true);
    }
    const readers = JSON.parse(
      String(resourceNamed(made(), "SecretPolicy", "ScimTokenPolicy")["policy"]),
    ) as {
      Statement: [{ Effect: string; Action: string; Condition: { ArnNotEquals: Record<string, string[]> } }];
    };
    expect(readers.Statement[0]).toMatchObject({ Effect: "Deny", Action: "secretsmanager:GetSecretValue" });
    const names = readers.Statement[0].Condition.ArnNotEquals["aws:PrincipalArn"] ?? [];
    expect(names).toContain(
      "arn:aws:iam::123456789012:role/landbridge-production-rotate-token-install-token",
    );
    expect(names).not.toContain(
      "arn:aws:iam::123456789012:role/landbridge-production-sync-access-apply-assignments",
    );
  });

  it("outlives the removal of a production stage", () => {
    const { app, resources } = made();
    expect(app).toMatchObject({ removal: "retain", protect: true });
    const kept = resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name);
    expect(kept).toEqual(expect.arrayContaining(["Files", "Key", "Records", "ScimToken", "TaskKey"]));
  });

  it("tells functions names and settings they understand, never a secret", () => {
    for (const { name, inputs } of resourcesOf(made(), "Function")) {
      const { variables } = inputs["environment"] as { variables: Record<string, unknown> };
      const text = JSON.stringify(variables);
      expect(text, name).not.toContain("$secret");
      for (const [variable, value] of Object.entries(variables)) {
        expect(value, `${name} ${variable}`).toBeTypeOf("string");
        if (/SECRET|TOKEN|PASSWORD|KEY/.test(variable)) expect(variable).toMatch(/_NAME$|_POLICY_KEY$/);
      }
      expect(Environment.safeParse({ AWS_REGION: "eu-central-1", ...variables }).success, name).toBe(true);
    }
  });
}
