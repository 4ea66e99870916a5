import { type Caller, ROLES, type Role } from "@landbridge/api";
import * as z from "zod";

const Iam = z.object({ userArn: z.string().min(1) });
const Jwt = z.object({
  claims: z.object({ oid: z.string().min(1), roles: z.string().optional() }),
});

/** The environment that Hono's adapter sets: the event, with the result of API Gateway's authorizer. */
const Environment = z.object({
  event: z.object({
    requestContext: z.object({
      authorizer: z.object({ iam: Iam.nullish(), jwt: Jwt.nullish() }).nullish(),
    }),
  }),
});

const Routed = z.object({ event: z.object({ routeKey: z.string() }) });

const ROLE_PREFIX = "Landbridge.";

/**
 * Identifies the caller only by API Gateway's data: nothing in the request itself counts. A signed caller may do what IAM
 * allows, route by route. A token's roles are app roles of Entra (claim `roles`): unlike the claim `groups`, which is not
 * read, they never overflow into a link.
 * @returns null when no authorizer vouches for the caller
 */
export function callerOf(environment: unknown): Caller | null {
  const { iam, jwt } = Environment.parse(environment).event.requestContext.authorizer ?? {};
  if (iam) return { name: iam.userArn, roles: new Set(ROLES) };
  if (!jwt) return null;
  return { name: jwt.claims.oid, roles: rolesOf(jwt.claims.roles ?? "") };
}

/** The route by which API Gateway let the request in. */
export function routeKeyOf(environment: unknown): string {
  return Routed.parse(environment).event.routeKey;
}

/** API Gateway passes a list on as text: `[Landbridge.Reader Landbridge.Operator]`. */
function rolesOf(claim: string): Set<Role> {
  const names = claim.replace(/^\[|\]$/g, "").split(/[\s,]+/);
  const granted = new Set(ROLES.filter((role) => names.some((name) => isRole(name, role))));
  if (granted.size > 0) granted.add("reader");
  return granted;
}

function isRole(name: string, role: Role): boolean {
  return name.startsWith(ROLE_PREFIX) && name.slice(ROLE_PREFIX.length).toLowerCase() === role;
}
