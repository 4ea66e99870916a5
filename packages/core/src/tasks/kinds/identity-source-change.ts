import * as z from "zod";
import { wordField } from "../answer-fields.ts";
import { SETTINGS } from "../console-places.ts";
import type { TaskKind } from "../task-kind.ts";

interface IdentitySourceChangeTask {
  readonly kind: "identity-source-change";
  readonly identityStoreId: string;
  /** Key of Entra's federation metadata in the object store: the file to upload. */
  readonly metadataKey: string;
  readonly thumbprint: string;
  readonly usersLosingSignIn: number;
}

const Answer = z.strictObject({ confirmation: wordField("ACCEPT", "once the change is made") });

export const identitySourceChange: TaskKind<IdentitySourceChangeTask, typeof Answer> = {
  kind: "identity-source-change",
  guide: ({ usersLosingSignIn }) => ({
    title: "Change the identity source to Entra",
    why: "From then on people sign in to AWS with Entra. AWS has no API for this change.",
    warnings: [
      impactOf(usersLosingSignIn),
      "The root user stays active and signs in as before: keep its credentials at hand.",
      "Assignments stay and apply to the user with the same user name in Entra: user names must match.",
      "People who are signed in stay signed in until their session ends.",
    ],
    steps: [
      `${SETTINGS}, tab Identity source: Actions, Change identity source, External identity provider, Next. Or continue on the page that you left open.`,
      "Under Identity provider metadata, IdP SAML metadata, choose the file with Entra's federation metadata. Next.",
      "Read what AWS says about the consequences, type ACCEPT, Change identity source.",
    ],
    document: { what: "Entra's federation metadata", fileName: "entra-federation-metadata.xml" },
    next: "Landbridge asks for the SCIM endpoint and token.",
  }),
  readDocument: ({ metadataKey }, { objects }) => objects.readText(metadataKey),
  answer: Answer,
  check: async ({ thumbprint, identityStoreId }) => ({
    output: {},
    learned: { identitySourceThumbprint: thumbprint, identityStoreId },
  }),
  refusals: [],
  sample: {
    kind: "identity-source-change",
    identityStoreId: "d-1234567890",
    metadataKey: "metadata/federation.xml",
    thumbprint: "",
    usersLosingSignIn: Number.NaN,
  },
};

function impactOf(usersLosingSignIn: number): string {
  if (usersLosingSignIn === 0) return "Nobody loses sign-in: Identity Center has no users of its own.";
  const users = Number.isNaN(usersLosingSignIn) ? "Users" : `${usersLosingSignIn} users`;
  return `${users} created in Identity Center lose sign-in until Entra provisions users of the same name. Tell them first.`;
}
