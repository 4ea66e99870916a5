import { findInForce, proposePolicy } from "@landbridge/core";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { ApiDeps, ApiEnv } from "./api-env.ts";
import { allow } from "./authorize.ts";
import { CONFLICT, json, jsonBody, REFUSALS, REFUSED_CONTENT } from "./responses.ts";

/** Characters: some ten thousand rules. */
const MAX_POLICY_LENGTH = 1_000_000;

const Body = z.strictObject({
  policy: z
    .string()
    .min(1)
    .max(MAX_POLICY_LENGTH)
    .openapi({ description: "Text of the access policy (YAML), at most a million characters." }),
});

const Proposal = z
  .object({
    hash: z.string().openapi({ description: "SHA-256 of the text: what sync-access is started with." }),
    isInForce: z.boolean().openapi({ description: "Whether it says what is in force already." }),
  })
  .openapi("PolicyProposal");

/** Policies that somebody wants: nothing changes before a run of sync-access may put one in force. */
export function addProposals(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const propose = createRoute({
    method: "post",
    path: "/policy/proposals",
    summary: "Propose an access policy",
    description:
      "Start sync-access with its hash as `proposal` to plan for it (mode `plan`) or to put it in force (mode `apply`). " +
      "The proposer of a policy may not approve its plan. The proposal is refused later if another policy comes into force first.",
    middleware: [allow("operator", deps.events)],
    request: { body: jsonBody(Body) },
    responses: {
      201: json(Proposal, "The proposal is kept for 90 days."),
      ...CONFLICT,
      ...REFUSED_CONTENT,
      ...REFUSALS,
    },
  });
  app.openapi(propose, async (c) => {
    const hash = await proposePolicy(c.req.valid("json").policy, c.get("caller").name, deps);
    const inForce = await findInForce(deps.settings.policyKey, deps.objects);
    return c.json({ hash, isInForce: inForce?.ref.hash === hash }, 201);
  });
}
