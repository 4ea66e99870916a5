import * as z from "zod";
import type { Kernel } from "../kernel/kernel.ts";
import { federationDisabled } from "./errors.ts";
import type { StsState } from "./state.ts";

const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const Tag = z.strictObject({
  Key: z.string().min(1).max(128).regex(TAG_TEXT),
  Value: z.string().max(256).regex(TAG_TEXT),
});

export const WebIdentityTokenRequest = z.strictObject({
  Audience: z.array(z.string().min(1).max(1000)).min(1).max(10),
  SigningAlgorithm: z.enum(["RS256", "ES384"]),
  DurationSeconds: z
    .string()
    .regex(/^\d+$/, "expected an integer")
    .transform(Number)
    .pipe(z.int().min(60).max(3600))
    .default(300),
  Tags: z.array(Tag).max(50).default([]),
});

interface Requester {
  readonly accountId: string;
  readonly accessKeyId: string | null;
  /** Region that was asked. */
  readonly region: string;
}

/**
 * Operation GetWebIdentityToken. Claims as in the IAM user guide, "Understanding token claims"; several audiences are a
 * list, as RFC 7519 has it.
 * @throws {StsError} OutboundWebIdentityFederationDisabledException
 */
export function getWebIdentityToken(
  { clock, random }: Kernel,
  state: StsState,
  request: z.infer<typeof WebIdentityTokenRequest> & Requester,
): { readonly WebIdentityToken: string; readonly Expiration: string } {
  const { accountId, accessKeyId, region, Audience: audience, DurationSeconds: durationSeconds } = request;
  if (!state.federatedAccountIds.has(accountId)) throw federationDisabled();
  const issuedAt = Math.floor(clock.now() / 1000);
  const expiresAt = issuedAt + durationSeconds;
  const requestTags = Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value]));
  const token = state.keys.sign(request.SigningAlgorithm, {
    iss: state.issuer(accountId),
    aud: audience.length === 1 ? audience[0] : audience,
    sub: state.roleArn(accountId, accessKeyId),
    iat: issuedAt,
    exp: expiresAt,
    jti: random.uuid(),
    "https://sts.amazonaws.com/": {
      aws_account: accountId,
      source_region: region,
      org_id: state.organization.id,
      ou_path: state.unitPath(accountId),
      ...(request.Tags.length > 0 && { request_tags: requestTags }),
    },
  });
  return { WebIdentityToken: token, Expiration: new Date(expiresAt * 1000).toISOString() };
}
