import * as z from "zod";
import { wordField } from "../answer-fields.ts";
import { SETTINGS } from "../console-places.ts";
import type { TaskKind } from "../task-kind.ts";

interface CertificateUploadTask {
  readonly kind: "certificate-upload";
  readonly identityStoreId: string;
  /** Key of the new certificate in the object store: the file to import. */
  readonly certificateKey: string;
  /** Thumbprints: of the certificate in use, if any, and of the new one. */
  readonly from: string | null;
  readonly to: string;
}

const Answer = z.strictObject({
  confirmation: wordField("IMPORTED", "once AWS lists both the new and the old certificate"),
});

export const certificateUpload: TaskKind<CertificateUploadTask, typeof Answer> = {
  kind: "certificate-upload",
  guide: ({ from, to }) => ({
    title: "Import Entra's new signing certificate in AWS",
    why: "Entra will sign sign-ins with a new certificate. AWS has no API to import it; AWS can hold both certificates at the same time.",
    warnings: [
      "Nobody can sign in to AWS with a certificate that AWS does not have: answer only when the list shows it.",
      ...(from === null ? [] : [`Do not delete the current certificate (thumbprint ${from}).`]),
    ],
    steps: [
      `${SETTINGS}, Actions, Manage authentication.`,
      `Under Manage SAML 2.0 certificates choose Import certificate and take the file (thumbprint ${to}).`,
      "Check that the list shows both certificates.",
    ],
    document: { what: "The new signing certificate", fileName: "entra-signing.pem" },
    next: "Entra signs with the new certificate; then Landbridge asks for a test sign-in.",
  }),
  readDocument: ({ certificateKey }, { objects }) => objects.readText(certificateKey),
  answer: Answer,
  check: async ({ identityStoreId, from, to }) => ({
    output: {},
    learned: { identityStoreId, certificateRotation: { from, to, stage: "uploaded" } },
  }),
  refusals: [],
  sample: {
    kind: "certificate-upload",
    identityStoreId: "d-1234567890",
    certificateKey: "rotate-certificate/new.pem",
    from: "of the current certificate",
    to: "of the new certificate",
  },
};
