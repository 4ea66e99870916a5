import type { Kernel } from "../kernel/kernel.ts";
import { exists, invalidParameter, invalidRequest, limitExceeded, secretNotFound } from "./errors.ts";

const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";

/** User guide, "Quotas". */
const MOST_VERSIONS = 100;
const MOST_STAGES = 20;
/** Versions without a label are removed when there are too many, but not in their first day (user guide, "Quotas"). */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

export type SecretValue = { readonly SecretString: string } | { readonly SecretBinary: string };

export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly stages: Set<string>;
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description: string | null;
  readonly kmsKeyId: string | null;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  changedAt: number;
  /** When its deletion was asked for: milliseconds since the epoch; null when it was not. */
  deletedAt: number | null;
  /** From when on there is no such secret. */
  goneAt: number | null;
  readonly versions: Map<string, SecretVersion>;
}

/** Secrets and their labelled versions. */
export class SecretsState {
  readonly #kernel: Kernel;
  readonly #accountId: string;
  readonly #secrets = new Map<string, Secret>();

  constructor(kernel: Kernel, accountId: string) {
    this.#kernel = kernel;
    this.#accountId = accountId;
  }

  create(properties: Pick<Secret, "name" | "description" | "kmsKeyId" | "tags">): Secret {
    const now = this.#kernel.clock.now();
    const prefix = `arn:aws:secretsmanager:${this.#kernel.region}:${this.#accountId}:secret`;
    const arn = `${prefix}:${properties.name}-${this.#kernel.random.hex(6)}`;
    const secret: Secret = {
      ...properties,
      arn,
      createdAt: now,
      changedAt: now,
      deletedAt: null,
      goneAt: null,
      versions: new Map(),
    };
    this.#secrets.set(properties.name, secret);
    return secret;
  }

  /** Finds a secret by name, ARN, or ARN without the six random characters. @throws {AwsError} ResourceNotFoundException */
  find(secretId: string): Secret {
    const secret = this.findByName(secretId) ?? this.all().find(({ arn }) => isArn(secretId, arn));
    if (secret === undefined) throw secretNotFound();
    return secret;
  }

  /**
   * A secret that is not to be deleted.
   * @throws {AwsError} ResourceNotFoundException, InvalidRequestException
   */
  findUsable(secretId: string): Secret {
    const secret = this.find(secretId);
    if (secret.deletedAt === null) return secret;
    throw invalidRequest(
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }

  findByName(name: string): Secret | undefined {
    return this.all().find((secret) => secret.name === name);
  }

  /** All that there are, deleted ones until their recovery window ends. */
  all(): Secret[] {
    const now = this.#kernel.clock.now();
    for (const [name, { goneAt }] of this.#secrets) {
      if (goneAt !== null && goneAt <= now) this.#secrets.delete(name);
    }
    return [...this.#secrets.values()];
  }

  newVersionId(): string {
    return this.#kernel.random.uuid();
  }

  /**
   * Adds a version. The same id with the same value changes nothing (operation PutSecretValue,
   * `ClientRequestToken`).
   * @throws {AwsError} ResourceExistsException for the same id with another value, LimitExceededException
   */
  addVersion(
    secret: Secret,
    id: string,
    { value, stages }: { value: SecretValue; stages: readonly string[] },
  ): SecretVersion {
    const existing = secret.versions.get(id);
    if (existing !== undefined) {
      if (JSON.stringify(existing.value) === JSON.stringify(value)) return existing;
      throw exists("You can't use ClientRequestToken of an existing version with a different secret value.");
    }
    makeRoom(secret, this.#kernel.clock.now());
    const version = { id, value, createdAt: this.#kernel.clock.now(), stages: new Set<string>() };
    const isFirst = secret.versions.size === 0;
    secret.versions.set(id, version);
    for (const stage of isFirst ? new Set([...stages, CURRENT]) : stages) moveStage(secret, stage, version);
    this.#touch(secret);
    return version;
  }

  /** Operation UpdateSecretVersionStage. @throws {AwsError} InvalidParameterException, LimitExceededException */
  updateStage(
    secret: Secret,
    stage: string,
    { from, to }: { from: SecretVersion | null; to: SecretVersion | null },
  ): void {
    const holder = holderOf(secret, stage);
    if (to === null) {
      if (stage === CURRENT)
        throw invalidParameter(`You can't remove ${CURRENT}; move it to another version.`);
      if (from === null) throw invalidParameter("Name MoveToVersionId, RemoveFromVersionId or both.");
    }
    if (from !== null && from !== holder) {
      throw invalidParameter(`The staging label ${stage} is not attached to version ${from.id}.`);
    }
    if (holder !== undefined && from === null && holder !== to) {
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty: the staging label ${stage} is attached to version ${holder.id}.`,
      );
    }
    if (to !== null && to !== holder && to.stages.size >= MOST_STAGES) {
      throw limitExceeded(`A version has at most ${MOST_STAGES} staging labels.`);
    }
    if (to === null) from?.stages.delete(stage);
    else moveStage(secret, stage, to);
    this.#touch(secret);
  }

  #touch(secret: Secret): void {
    secret.changedAt = this.#kernel.clock.now();
  }
}

export function holderOf(secret: Secret, stage: string): SecretVersion | undefined {
  return [...secret.versions.values()].find(({ stages }) => stages.has(stage));
}

/** A label is on one version at a time; AWSPREVIOUS moves to the version that AWSCURRENT leaves. */
function moveStage(secret: Secret, stage: string, to: SecretVersion): void {
  const holder = holderOf(secret, stage);
  if (holder === to) return;
  holder?.stages.delete(stage);
  to.stages.add(stage);
  if (stage === CURRENT && holder !== undefined) {
    to.stages.delete(PREVIOUS);
    moveStage(secret, PREVIOUS, holder);
  }
}

/** @throws {AwsError} LimitExceededException when every version is labelled or younger than a day */
function makeRoom(secret: Secret, now: number): void {
  for (const { id, stages, createdAt } of secret.versions.values()) {
    if (secret.versions.size < MOST_VERSIONS) return;
    if (stages.size === 0 && now - createdAt >= KEPT_MILLISECONDS) secret.versions.delete(id);
  }
  if (secret.versions.size >= MOST_VERSIONS) {
    throw limitExceeded(`The secret has ${MOST_VERSIONS} versions already.`);
  }
}

function isArn(secretId: string, arn: string): boolean {
  return secretId === arn || secretId === arn.slice(0, arn.lastIndexOf("-"));
}
