import * as z from "zod";
import { FlowError } from "../../errors.ts";
import type { SecretReference } from "../../ports/secret-store.ts";
import { tokenWorks } from "../../scim/token-works.ts";
import { wordField } from "../answer-fields.ts";
import { SETTINGS } from "../console-places.ts";
import type { TaskKind } from "../task-kind.ts";

interface Token {
  readonly secret: SecretReference;
  /** ISO time. */
  readonly expiresAt: string;
}

interface OldTokenDeletionTask {
  readonly kind: "old-token-deletion";
  readonly region: string;
  readonly identityStoreId: string;
  readonly endpoint: string;
  readonly inUse: Token;
  readonly old: Token;
  readonly leaked: boolean;
}

const Answer = z.strictObject({ confirmation: wordField("DELETED", "once the old token is deleted") });

export const oldTokenDeletion: TaskKind<OldTokenDeletionTask, typeof Answer> = {
  kind: "old-token-deletion",
  guide: ({ region, inUse, old, leaked }) => ({
    title: leaked ? "Delete the leaked access token now" : "Delete the old access token",
    why: leaked
      ? "Entra uses the new token. Anybody who knows the old one can change users and groups in AWS until it is deleted."
      : "A provisioning cycle has succeeded with the new token. The old one is no longer needed but still gives access to the SCIM endpoint.",
    warnings: [`Do not delete the newer token, which expires on ${day(inUse.expiresAt)}: Entra uses it.`],
    steps: [
      `${SETTINGS}, in the region ${region}.`,
      "On the tab Identity source: Actions, Manage provisioning.",
      `Under Access tokens choose the older one, which expires on ${day(old.expiresAt)}, and delete it.`,
    ],
    next: "Landbridge checks that AWS refuses the old token and accepts the new one. The rotation is done.",
  }),
  answer: Answer,
  async check({ endpoint, inUse, old }, _answer, context) {
    // The wrong token was deleted: the flow must continue at once, to give Entra the old one again.
    if (!(await tokenWorks({ endpoint, ...inUse }, context))) return { output: {} };
    if (!(await tokenWorks({ endpoint, ...old }, context))) return { output: {} };
    throw new FlowError(
      "OldTokenStillAccepted",
      `AWS still accepts the token that expires on ${day(old.expiresAt)}`,
    );
  },
  refusals: ["OldTokenStillAccepted", "ScimEndpointRefused", "ScimEndpointOfAnotherRegion"],
  sample: {
    kind: "old-token-deletion",
    region: "of your instance",
    identityStoreId: "d-1234567890",
    endpoint: "https://scim.eu-central-1.amazonaws.com/tenant/scim/v2",
    inUse: {
      secret: { name: "landbridge/scim-token", versionId: "of the new token" },
      expiresAt: "2032-01-15T00:00:00.000Z",
    },
    old: {
      secret: { name: "landbridge/scim-token", versionId: "of the old token" },
      expiresAt: "2031-01-31T00:00:00.000Z",
    },
    leaked: false,
  },
};

function day(iso: string): string {
  return iso.slice(0, 10);
}
