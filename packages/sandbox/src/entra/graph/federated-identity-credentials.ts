import * as z from "zod";
import { badRequest, notFound } from "../errors.ts";
import { type JsonObject, listPage, singleObject } from "../odata.ts";
import type { Application, EntraState, FederatedIdentityCredential } from "../state.ts";
import { findApplication } from "./applications.ts";
import { type GraphCall, type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

const MOST_CREDENTIALS = 20;
const text = z.string().min(1).max(600);
const Changes = z.strictObject({
  issuer: text.optional(),
  subject: text.optional(),
  audiences: z.array(text).length(1, { error: "exactly one audience" }).optional(),
  description: z.string().max(600).nullable().optional(),
});
const NewCredential = Changes.required({ issuer: true, subject: true, audiences: true }).extend({
  name: z
    .string()
    .min(3)
    .max(120)
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, { error: "letters, digits, - and _ only" }),
});

/** Limits: "Important considerations and restrictions for federated identity credentials". */
export function federatedIdentityCredentialOperations(state: EntraState): Operation[] {
  const path = "/applications/{id}/federatedIdentityCredentials";
  const one = `${path}/{credentialId}`;
  const context = "federatedIdentityCredentials";
  const filterable = {
    id: (credential: FederatedIdentityCredential) => credential.id,
    name: (credential: FederatedIdentityCredential) => credential.name,
    issuer: (credential: FederatedIdentityCredential) => credential.issuer,
    subject: (credential: FederatedIdentityCredential) => credential.subject,
  };
  return [
    {
      method: "GET",
      path,
      needs: NEEDS.readApplications,
      handle: ({ query, url, param }) => {
        const items = findApplication(state, param("id")).federatedIdentityCredentials;
        const collection = { context, filterable, caseSensitive: true, view };
        return Response.json(listPage({ items, collection, query, url }));
      },
    },
    {
      method: "POST",
      path,
      needs: NEEDS.writeApplications,
      async handle({ param, body }) {
        const application = findApplication(state, param("id"));
        const { name, issuer, subject, audiences, description } = await body(NewCredential);
        const others = application.federatedIdentityCredentials;
        if (others.length >= MOST_CREDENTIALS) {
          throw badRequest(`An application has at most ${MOST_CREDENTIALS} federated identity credentials.`);
        }
        if (others.some((other) => other.name === name)) {
          throw badRequest(`A federated identity credential named '${name}' exists already.`);
        }
        checkUnique(others, { issuer, subject });
        const credential: FederatedIdentityCredential = {
          id: state.kernel.random.uuid(),
          name,
          issuer,
          subject,
          audiences,
          description: description ?? null,
          effectiveAt: effectiveAt(state),
        };
        application.federatedIdentityCredentials = [...others, credential];
        return Response.json(view(credential), { status: 201 });
      },
    },
    {
      method: "GET",
      path: one,
      needs: NEEDS.readApplications,
      handle: (call) =>
        Response.json(singleObject(view(find(state, call).credential), call.query, { context })),
    },
    {
      method: "PATCH",
      path: one,
      needs: NEEDS.writeApplications,
      async handle(call) {
        const { application, credential } = find(state, call);
        const {
          issuer = credential.issuer,
          subject = credential.subject,
          ...rest
        } = await call.body(Changes);
        const others = application.federatedIdentityCredentials.filter((other) => other !== credential);
        checkUnique(others, { issuer, subject });
        credential.issuer = issuer;
        credential.subject = subject;
        if (rest.audiences) credential.audiences = rest.audiences;
        if (rest.description !== undefined) credential.description = rest.description;
        credential.effectiveAt = effectiveAt(state);
        return noContent();
      },
    },
    {
      method: "DELETE",
      path: one,
      needs: NEEDS.writeApplications,
      handle(call) {
        const { application, credential } = find(state, call);
        application.federatedIdentityCredentials = application.federatedIdentityCredentials.filter(
          (other) => other !== credential,
        );
        return noContent();
      },
    },
  ];
}

/** Sign-in finds a new or changed credential only after some minutes (AADSTS70021 until then). */
function effectiveAt({ kernel }: EntraState): number {
  return kernel.clock.now() + kernel.random.latency(60_000);
}

function find(
  state: EntraState,
  { param }: GraphCall,
): { readonly application: Application; readonly credential: FederatedIdentityCredential } {
  const application = findApplication(state, param("id"));
  const wanted = param("credentialId");
  const credential = application.federatedIdentityCredentials.find(
    ({ id, name }) => id === wanted.toLowerCase() || name === wanted,
  );
  if (!credential) throw notFound(wanted);
  return { application, credential };
}

function checkUnique(
  others: readonly FederatedIdentityCredential[],
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
): void {
  if (!others.some((other) => other.issuer === issuer && other.subject === subject)) return;
  throw badRequest(
    `A federated identity credential for this issuer and subject exists already: '${subject}'.`,
  );
}

function view(credential: FederatedIdentityCredential): JsonObject {
  const { id, name, issuer, subject, audiences, description } = credential;
  return { id, name, issuer, subject, audiences, description };
}
