import { z } from "zod";
import { FlowError } from "../errors.ts";
import type { Connection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import { parseServiceProviderMetadata } from "../saml/service-provider-metadata.ts";
import { parseScimEndpoint } from "../scim/scim-endpoint.ts";
import type { TaskSubject } from "./operator-task.ts";

const MetadataAnswer = z.strictObject({ metadata: z.string().min(1) });
const ConfirmationAnswer = z.strictObject({ confirmation: z.string() });
const ScimAnswer = z.strictObject({
  endpoint: z.string().min(1),
  token: z.string().min(1),
  expiresAt: z.union([z.iso.date(), z.iso.datetime()]).optional(),
});

const YEAR = 365 * 86_400_000;

export interface CheckedAnswer {
  /** What the waiting state goes on with; holds no secret. */
  readonly output: object;
  /** What a later run need not ask again. */
  readonly learned: Connection;
}

/**
 * Checks an answer against its task.
 * @throws {FlowError} AnswerRefused, MetadataInvalid, ScimEndpointRefused, ScimTokenRefused: the task stays open
 */
export async function checkAnswer(
  subject: TaskSubject,
  answer: unknown,
  ports: Pick<Ports, "scim" | "secrets" | "clock">,
): Promise<CheckedAnswer> {
  switch (subject.kind) {
    case "service-provider-metadata": {
      const { metadata } = shaped(MetadataAnswer, answer);
      const { entityId, acs } = parseServiceProviderMetadata(metadata, subject);
      const serviceProvider = { entityId, replyUrls: acs.map(({ url }) => url) };
      return { output: serviceProvider, learned: { serviceProvider } };
    }
    case "identity-source-change":
      confirmed(answer, "ACCEPT");
      return { output: {}, learned: { identitySourceThumbprint: subject.thumbprint } };
    case "scim-credentials": {
      const { token, expiresAt, ...rest } = shaped(ScimAnswer, answer);
      const endpoint = parseScimEndpoint(rest.endpoint, subject);
      await ports.scim.probe({ endpoint, token });
      const secret = await ports.secrets.add(subject.secretName, token);
      const expiry = expiresAt === undefined ? ports.clock.now() + YEAR : Date.parse(expiresAt);
      const scim = { endpoint, secret, expiresAt: new Date(expiry).toISOString() };
      return { output: scim, learned: { scim } };
    }
    case "test-sign-in":
      confirmed(answer, "WORKS");
      return { output: {}, learned: {} };
    case "plan-approval":
      confirmed(answer, "APPROVE");
      return { output: { approvedHash: subject.planHash }, learned: {} };
  }
}

function confirmed(answer: unknown, word: string): void {
  const { confirmation } = shaped(ConfirmationAnswer, answer);
  if (confirmation.trim() === word) return;
  throw new FlowError("AnswerRefused", `confirmation: expected the word ${word} in capitals`);
}

function shaped<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  // Names of fields only: a value may be a secret.
  const fields = result.error.issues.map((issue) => issue.path.join(".") || "the answer").join(", ");
  throw new FlowError("AnswerRefused", `Wrong or missing: ${fields}`);
}
