import * as z from "zod";
import { FlowError } from "../../errors.ts";
import type { SecretReference } from "../../ports/secret-store.ts";
import type { RotationCause } from "../../rotate-token/rotation-cause.ts";
import { tokenExpiry } from "../../rotate-token/token-life.ts";
import { parseScimEndpoint } from "../../scim/scim-endpoint.ts";
import { optionalTextField, optionalTimeField, secretField } from "../answer-fields.ts";
import { SETTINGS } from "../console-places.ts";
import type { CheckContext, TaskKind } from "../task-kind.ts";

interface NewScimTokenTask extends RotationCause {
  readonly kind: "new-scim-token";
  readonly region: string;
  readonly identityStoreId: string;
  readonly endpoint: string;
  /** The token that Entra has. */
  readonly inUse: { readonly secret: SecretReference; readonly expiresAt: string };
  /** ISO time at which the token before that one expires, when AWS may still list it. */
  readonly formerExpiresAt: string | null;
}

/** Instead of a token: it is in the secret already. */
const CANDIDATE = "CANDIDATE";

const Answer = z.strictObject({
  newToken: secretField(
    `the new access token, or the word ${CANDIDATE} if you put it into the secret yourself`,
  ),
  endpoint: optionalTextField("the SCIM endpoint shown with it, to check the instance"),
  expiresAt: optionalTimeField("the day the token expires (ISO date), if not one year from now"),
});

export const newScimToken: TaskKind<NewScimTokenTask, typeof Answer> = {
  kind: "new-scim-token",
  guide: (subject) => ({
    title:
      subject.reason === "leak"
        ? "Generate a new access token for the one that leaked"
        : "Generate a new access token for Entra",
    why: `${cause(subject)} AWS creates tokens only in its console.`,
    warnings: [
      subject.why === "refused"
        ? "Until Entra has a new token, nobody is provisioned and nobody's access is withdrawn."
        : `Keep the token that expires on ${day(subject.inUse.expiresAt)}: Entra uses it until Landbridge asks to delete it.`,
    ],
    steps: [
      `${SETTINGS}, in the region ${subject.region}.`,
      "On the tab Identity source: Actions, Manage provisioning.",
      `AWS allows two tokens. If it lists two, first delete ${toDelete(subject)}.`,
      "Generate token, Show token, copy it. AWS shows it only this once.",
      `Answer with it; or put it into the secret ${subject.inUse.secret.name} yourself, as a version with the stage ${CANDIDATE}, and answer ${CANDIDATE}.`,
    ],
    next: "Landbridge tests the token, gives it to Entra and waits for a healthy provisioning cycle. Then it asks to delete the old one.",
  }),
  answer: Answer,
  async check(subject, { newToken: given, endpoint, expiresAt }, context) {
    if (endpoint !== undefined) checkEndpoint(endpoint, subject);
    const { endpoint: known, inUse, identityStoreId } = subject;
    const supplied = given === CANDIDATE ? await findCandidate(inUse.secret.name, context) : null;
    const token = supplied === null ? given : await context.secrets.read(supplied);
    if (token === (await context.secrets.read(inUse.secret))) {
      throw new FlowError("ScimTokenInUse", "newToken: this is the token to be replaced");
    }
    await context.scim.probe({ endpoint: known, token });
    const expiry = tokenExpiry(expiresAt, context.clock.now());
    const secret = supplied ?? (await context.secrets.add(inUse.secret.name, token));
    const nextScim = { endpoint: known, secret, expiresAt: expiry };
    return { output: {}, learned: { nextScim, identityStoreId } };
  },
  refusals: [
    "ScimTokenInUse",
    "ScimTokenRefused",
    "ScimEndpointRefused",
    "ScimEndpointOfAnotherRegion",
    "ScimEndpointOfAnotherTenant",
  ],
  sample: {
    kind: "new-scim-token",
    why: "due",
    reason: null,
    requestedBy: null,
    region: "of your instance",
    identityStoreId: "d-1234567890",
    endpoint: "https://scim.eu-central-1.amazonaws.com/tenant/scim/v2",
    inUse: {
      secret: { name: "landbridge/scim-token", versionId: "of the token in use" },
      expiresAt: "2031-01-31T00:00:00.000Z",
    },
    formerExpiresAt: null,
  },
};

function cause({ why, reason, requestedBy, inUse }: NewScimTokenTask): string {
  if (why === "refused") return "AWS refuses the token that Entra has: it has expired or was deleted.";
  if (why !== "forced") return `The token that Entra has expires on ${day(inUse.expiresAt)}.`;
  const who = requestedBy ?? "Somebody";
  if (reason === "leak") return `${who} reports that others may know the token that Entra has.`;
  return `${who} asks for a new token before the old one expires on ${day(inUse.expiresAt)}.`;
}

/** Which of two tokens is not needed: AWS's list shows when each expires. */
function toDelete({ why, inUse, formerExpiresAt }: NewScimTokenTask): string {
  if (why === "refused") return `the one that expires, or expired, on ${day(inUse.expiresAt)}`;
  if (formerExpiresAt === null)
    return `the one that does not expire on ${day(inUse.expiresAt)}, unless you gave it to another tool`;
  if (day(formerExpiresAt) === day(inUse.expiresAt)) return "the older one, which nothing uses any more";
  return `the one that expires on ${day(formerExpiresAt)}, which nothing uses any more`;
}

function checkEndpoint(given: string, { endpoint, region }: NewScimTokenTask): void {
  if (parseScimEndpoint(given, { region }) === endpoint) return;
  throw new FlowError("ScimEndpointOfAnotherTenant", `endpoint: the one that is connected is ${endpoint}`);
}

async function findCandidate(name: string, { tokenSupplier }: CheckContext): Promise<SecretReference> {
  const supplied = await tokenSupplier.supply(name);
  if (supplied) return supplied.secret;
  throw new FlowError(
    "AnswerRefused",
    `newToken: the secret ${name} has no version with the stage ${CANDIDATE}`,
  );
}

function day(iso: string): string {
  return iso.slice(0, 10);
}
