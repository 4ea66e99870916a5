import type { Place } from "./place.ts";
import type { Names } from "./targets.ts";

const KEY_BYTES = 32;

/** Encrypts secrets, and messages of the topic: a key of AWS's own would keep alarms and rules from publishing to it. */
export function makeKey({ partition, accountId, prefix, isProduction }: Place) {
  const key = new aws.kms.Key(
    "Key",
    {
      description: `${prefix}* secrets and notifications`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
          {
            // EventBridge names no source to an encrypted topic (SNS: topics encrypted for event sources).
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
          },
        ],
      }),
    },
    { retainOnDelete: isProduction },
  );
  new aws.kms.Alias("KeyAlias", { name: `alias/${prefix}secrets`, targetKeyId: key.keyId });
  return key;
}

interface SecretArgs {
  readonly name: string;
  readonly description: string;
  readonly keyArn: $util.Input<string>;
  readonly isProduction: boolean;
}

function makeSecret(id: string, { name, description, keyArn, isProduction }: SecretArgs) {
  return new aws.secretsmanager.Secret(
    id,
    { name, description, kmsKeyId: keyArn, recoveryWindowInDays: isProduction ? 30 : 0 },
    { retainOnDelete: isProduction },
  );
}

interface Readers {
  /** ARNs of the roles that read the SCIM token. */
  readonly scimToken: readonly string[];
  /** ARNs of the roles that read the client secret. */
  readonly clientSecret: readonly string[];
}

/** Secrets without values: flows and people set them. Only the task key is generated here, since nobody needs to know it. */
export function makeSecrets(
  place: Place,
  names: Names,
  options: {
    readonly keyArn: $util.Input<string>;
    readonly hasClientSecret: boolean;
    readonly readers: Readers;
  },
): void {
  const common = { keyArn: options.keyArn, isProduction: place.isProduction };
  const scim = makeSecret("ScimToken", {
    ...common,
    name: names.scimSecret,
    description: "SCIM access token of IAM Identity Center; rotate-token keeps it",
  });
  restrictReaders("ScimToken", scim, options.readers.scimToken);
  if (options.hasClientSecret) {
    const client = makeSecret("GraphClientSecret", {
      ...common,
      name: names.clientSecret,
      description: "Client secret of Landbridge's app registration in Entra; you put it in",
    });
    restrictReaders("GraphClientSecret", client, options.readers.clientSecret);
  }
  const taskKey = makeSecret("TaskKey", {
    ...common,
    name: names.taskKeySecret,
    description: "Key that task tokens are sealed with; a new one closes every open task",
  });
  const bytes = new random.RandomBytes("TaskKeyValue", { length: KEY_BYTES });
  new aws.secretsmanager.SecretVersion("TaskKeyVersion", {
    secretId: taskKey.id,
    secretString: bytes.base64,
  });
  // The deployment itself reads back what it wrote: no deny of reading here.
  new aws.secretsmanager.SecretPolicy("TaskKeyPolicy", {
    secretArn: taskKey.arn,
    blockPublicPolicy: true,
    policy: denyPlainText(),
  });
}

/** Nobody else can read the value, whatever their own policies allow: not even an administrator by mistake. */
function restrictReaders(id: string, secret: aws.secretsmanager.Secret, readers: readonly string[]): void {
  new aws.secretsmanager.SecretPolicy(`${id}Policy`, {
    secretArn: secret.arn,
    blockPublicPolicy: true,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Deny",
          Principal: "*",
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
          Condition: { ArnNotEquals: { "aws:PrincipalArn": readers } },
        },
      ],
    }),
  });
}

function denyPlainText(): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "secretsmanager:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
