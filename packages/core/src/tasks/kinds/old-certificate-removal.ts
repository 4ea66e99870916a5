import * as z from "zod";
import { wordField } from "../answer-fields.ts";
import { SETTINGS } from "../console-places.ts";
import type { TaskKind } from "../task-kind.ts";

interface OldCertificateRemovalTask {
  readonly kind: "old-certificate-removal";
  readonly identityStoreId: string;
  /** Thumbprints: of the certificate to delete, and of the one in use. */
  readonly from: string;
  readonly to: string;
}

const Answer = z.strictObject({
  confirmation: wordField("REMOVED", "once AWS lists only the new certificate"),
});

export const oldCertificateRemoval: TaskKind<OldCertificateRemovalTask, typeof Answer> = {
  kind: "old-certificate-removal",
  guide: ({ from, to }) => ({
    title: "Delete the old signing certificate in AWS",
    why: "Entra no longer signs with it. As long as AWS has it, anybody with its key could impersonate every user.",
    warnings: [`Do not delete ${to}: people sign in with it.`],
    steps: [
      `${SETTINGS}, Actions, Manage authentication.`,
      `Under Manage SAML 2.0 certificates select the certificate with the thumbprint ${from}, and any other but ${to}, and delete it.`,
    ],
    next: "The rotation is done.",
  }),
  answer: Answer,
  check: async ({ identityStoreId }) => ({
    output: {},
    learned: { identityStoreId, certificateRotation: null },
  }),
  refusals: [],
  sample: {
    kind: "old-certificate-removal",
    identityStoreId: "d-1234567890",
    from: "OLD-THUMBPRINT",
    to: "NEW-THUMBPRINT",
  },
};
