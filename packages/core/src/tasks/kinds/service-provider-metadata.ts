import * as z from "zod";
import { parseServiceProviderMetadata } from "../../saml/service-provider-metadata.ts";
import { documentField } from "../answer-fields.ts";
import { SETTINGS } from "../console-places.ts";
import type { TaskKind } from "../task-kind.ts";

interface ServiceProviderMetadataTask {
  readonly kind: "service-provider-metadata";
  readonly region: string;
  readonly identityStoreId: string;
}

const Answer = z.strictObject({ metadata: documentField("the downloaded XML file, unchanged") });

export const serviceProviderMetadata: TaskKind<ServiceProviderMetadataTask, typeof Answer> = {
  kind: "service-provider-metadata",
  guide: ({ region }) => ({
    title: "Download AWS's SAML metadata",
    why: "Entra needs to know where AWS receives sign-ins. AWS offers this file only in its console.",
    steps: [
      `${SETTINGS}, in the region ${region}.`,
      "On the tab Identity source: Actions, Change identity source.",
      "Choose External identity provider, Next.",
      "Under Service provider metadata choose Download metadata file.",
      "Stop here and leave the page open: the change itself comes later, with Entra's file.",
    ],
    next: "Landbridge creates the enterprise application in Entra and sets up SAML.",
  }),
  answer: Answer,
  async check(subject, { metadata }) {
    const { entityId, acs } = parseServiceProviderMetadata(metadata, subject);
    const serviceProvider = { entityId, replyUrls: acs.map(({ url }) => url) };
    return {
      output: serviceProvider,
      learned: { serviceProvider, identityStoreId: subject.identityStoreId },
    };
  },
  refusals: ["MetadataInvalid", "MetadataOfAnotherRegion", "MetadataOfAnotherInstance"],
  sample: {
    kind: "service-provider-metadata",
    region: "of your instance",
    identityStoreId: "d-1234567890",
  },
};
