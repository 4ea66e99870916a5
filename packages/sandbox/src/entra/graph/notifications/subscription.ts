import { badRequest, notImplemented } from "../../errors.ts";
import type { JsonObject } from "../../odata.ts";

/** What a subscription watches. */
export interface Watched {
  readonly type: "user" | "group";
  /** Id of one object, or null for all of the type. */
  readonly id: string | null;
  /** Only changes of a group's members. */
  readonly membersOnly: boolean;
}

export interface Subscription {
  readonly id: string;
  readonly applicationId: string;
  readonly creatorId: string | null;
  readonly resource: string;
  readonly watched: Watched;
  /** As given, such as `updated,deleted`. */
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly latestSupportedTlsVersion: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** When reauthorizationRequired is sent; null when it has been. */
  challengeAt: number | null;
}

const RESOURCE = /^\/?(users|groups)(?:\/([^/]+)(?:\/(members|owners))?)?$/i;

/** @throws {GraphRefusal} 501 for a resource that the sandbox does not watch */
export function parseResource(resource: string): Watched {
  const [, collection, id, relation] = RESOURCE.exec(resource) ?? [];
  if (collection === undefined || relation?.toLowerCase() === "owners") {
    throw notImplemented(`subscriptions to '${resource}'`);
  }
  const type = collection.toLowerCase() === "users" ? "user" : "group";
  if (type === "user" && relation !== undefined) throw badRequest(`Users have no '${relation}'.`);
  return { type, id: id?.toLowerCase() ?? null, membersOnly: relation !== undefined };
}

/** @param showSecret the client's secret is returned only when the subscription is created */
export function subscriptionView(subscription: Subscription, showSecret: boolean): JsonObject {
  const { watched: _, challengeAt: __, expiresAt, clientState, ...shown } = subscription;
  return {
    ...shown,
    clientState: showSecret ? clientState : null,
    expirationDateTime: new Date(expiresAt).toISOString(),
    includeResourceData: null,
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationQueryOptions: null,
    notificationUrlAppId: null,
  };
}
