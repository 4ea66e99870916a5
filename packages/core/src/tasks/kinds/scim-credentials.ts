import * as z from "zod";
import { tokenExpiry } from "../../rotate-token/token-life.ts";
import { parseScimEndpoint } from "../../scim/scim-endpoint.ts";
import { optionalTimeField, secretField, textField } from "../answer-fields.ts";
import { SETTINGS } from "../console-places.ts";
import type { TaskKind } from "../task-kind.ts";

interface ScimCredentialsTask {
  readonly kind: "scim-credentials";
  readonly region: string;
  readonly identityStoreId: string;
  /** Name of the secret that stores the token. */
  readonly secretName: string;
}

const Answer = z.strictObject({
  endpoint: textField("the SCIM endpoint"),
  token: secretField("the access token"),
  expiresAt: optionalTimeField("the day the token expires (ISO date), if not one year from now"),
});

export const scimCredentials: TaskKind<ScimCredentialsTask, typeof Answer> = {
  kind: "scim-credentials",
  guide: ({ region }) => ({
    title: "Enable automatic provisioning",
    why: "Entra pushes users and groups with this token. AWS creates tokens only in its console; each is valid for one year.",
    warnings: [
      "Nested groups are not synced: only a group's direct members count.",
      "Users created by hand are adopted only if their user name is the same as in Entra.",
    ],
    steps: [
      `${SETTINGS}, in the region ${region}.`,
      "Under Automatic provisioning choose Enable. If it is already enabled: tab Identity source, Actions, Manage provisioning, Generate token; AWS allows two, so delete one that nothing uses first.",
      "Copy the SCIM endpoint and, with Show token, the access token. AWS shows the token only this once.",
    ],
    next: "Landbridge tests the token, gives it to Entra and starts provisioning.",
  }),
  answer: Answer,
  async check(subject, { endpoint: given, token, expiresAt }, { scim, secrets, clock }) {
    const endpoint = parseScimEndpoint(given, subject);
    const expiry = tokenExpiry(expiresAt, clock.now());
    await scim.probe({ endpoint, token });
    const secret = await secrets.add(subject.secretName, token);
    const credentials = { endpoint, secret, expiresAt: expiry };
    return {
      output: credentials,
      learned: { scim: credentials, identityStoreId: subject.identityStoreId },
    };
  },
  refusals: ["ScimEndpointRefused", "ScimEndpointOfAnotherRegion", "ScimTokenRefused"],
  sample: {
    kind: "scim-credentials",
    region: "of your instance",
    identityStoreId: "d-1234567890",
    secretName: "landbridge/scim-token",
  },
};
