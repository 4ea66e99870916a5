import { createHash } from "node:crypto";
import * as z from "zod";
import type { GroupChanges, GroupSubscription } from "../ports/group-changes.ts";
import type { Settings } from "../settings.ts";
import type { Hint } from "./hint.ts";
import { type MarkingPorts, markAndDrain } from "./mark-changes.ts";
import { defineRecord } from "../records/define-record.ts";

/** How the webhook recognizes senders, and where the next delta query begins. It contains no secret. */
interface SubscriptionRecord {
  readonly subscriptionId?: string;
  /** SHA-256 in hex of the secret that Graph repeats in every notification. */
  readonly clientStateHash?: string;
  /** ISO times. */
  readonly renewedAt?: string;
  readonly expiresAt?: string;
  readonly deltaLink?: string | undefined;
}

export const SUBSCRIPTIONS = defineRecord<SubscriptionRecord>({
  kind: "subscription",
  version: 1,
  schema: z.object({
    subscriptionId: z.string().exactOptional(),
    clientStateHash: z.string().exactOptional(),
    renewedAt: z.iso.datetime().exactOptional(),
    expiresAt: z.iso.datetime({ offset: true }).exactOptional(),
    deltaLink: z.string().optional(),
  }),
});

/**
 * The maximum for users and groups is 41,760 minutes (Graph: subscription resource type); an hour is left for clock
 * differences.
 */
const LIFE_MILLISECONDS = (41_760 - 60) * 60_000;

const ID = "groups";
const CAUSE = "delta query of groups";

type Needs = MarkingPorts & {
  readonly groupChanges: GroupChanges;
  readonly settings: Pick<Settings, "webhookUrl">;
};

interface Kept {
  readonly outcome: "created" | "renewed" | "unchanged" | "none";
  readonly expiresAt: string | null;
  readonly changedGroups: number;
}

/**
 * Maintains the subscription: creates it, renews it at half its lifetime or when Graph asks for it, and creates it again when
 * it is gone. Then marks what changed since the last time, which makes up for every lost notification.
 * @param isAsked whether Graph asked for a renewal
 * @throws {FlowError} ConsentMissing, WebhookRefused
 */
export async function keepSubscriptions(isAsked: boolean, ports: Needs): Promise<Kept> {
  const { records, events } = ports;
  const stored = await SUBSCRIPTIONS.get(records, ID);
  const revision = stored?.revision ?? 0;
  const before = stored?.value ?? {};
  const { outcome, record } = await keep(before, isAsked, ports);
  // At once: Graph has created it, and the webhook knows it only by the record.
  await SUBSCRIPTIONS.put(records, ID, record, { ifRevision: revision });
  const { hints, deltaLink } = await lookBack(before.deltaLink ?? null, ports);
  // Marked before the link moves on: what fails in between is found again.
  await markAndDrain(hints, CAUSE, ports);
  await SUBSCRIPTIONS.put(records, ID, { ...record, deltaLink }, { ifRevision: revision + 1 });
  const kept = { outcome, expiresAt: record.expiresAt ?? null, changedGroups: hints.length };
  events.emit("subscription.kept", kept);
  return kept;
}

async function keep(
  before: SubscriptionRecord,
  isAsked: boolean,
  ports: Needs,
): Promise<{ outcome: Kept["outcome"]; record: SubscriptionRecord }> {
  const { groupChanges, clock, settings } = ports;
  const { subscriptionId } = before;
  const { deltaLink } = before;
  if (settings.webhookUrl === null) return { outcome: "none", record: { deltaLink } };
  const now = clock.now();
  if (subscriptionId === undefined) return create(settings.webhookUrl, deltaLink, ports);
  if (isAsked || isHalfway(before, now)) {
    const expiresAt = new Date(now + LIFE_MILLISECONDS).toISOString();
    const isThere = await groupChanges.renew(subscriptionId, expiresAt);
    if (!isThere) return create(settings.webhookUrl, deltaLink, ports);
    return { outcome: "renewed", record: { ...before, renewedAt: new Date(now).toISOString(), expiresAt } };
  }
  // Graph does not announce that it removed a subscription to groups (Graph: lifecycle notifications).
  const found = await groupChanges.find(subscriptionId);
  return found ? { outcome: "unchanged", record: before } : create(settings.webhookUrl, deltaLink, ports);
}

async function create(
  notificationUrl: string,
  deltaLink: string | undefined,
  { groupChanges, clock, newId }: Needs,
): Promise<{ outcome: "created"; record: SubscriptionRecord }> {
  const now = clock.now();
  const clientState = `${newId()}${newId()}`.replaceAll("-", "");
  const expiresAt = new Date(now + LIFE_MILLISECONDS).toISOString();
  const made: GroupSubscription = await groupChanges.subscribe({ notificationUrl, clientState, expiresAt });
  return {
    outcome: "created",
    record: {
      subscriptionId: made.id,
      clientStateHash: createHash("sha256").update(clientState).digest("hex"),
      renewedAt: new Date(now).toISOString(),
      expiresAt: made.expiresAt,
      deltaLink,
    },
  };
}

function isHalfway({ renewedAt, expiresAt }: SubscriptionRecord, now: number): boolean {
  if (renewedAt === undefined || expiresAt === undefined) return true;
  return now >= (Date.parse(renewedAt) + Date.parse(expiresAt)) / 2;
}

/** Changes since the link; all groups if it is too old. Without a link: none, since a full run comes every day. */
async function lookBack(
  link: string | null,
  { groupChanges }: Pick<Needs, "groupChanges">,
): Promise<{ hints: Hint[]; deltaLink: string | undefined }> {
  const changed = await groupChanges.changedSince(link);
  if (changed)
    return { hints: changed.groupIds.map((id) => ({ kind: "group", id })), deltaLink: changed.link };
  const fresh = await groupChanges.changedSince(null);
  return { hints: [{ kind: "all" }], deltaLink: fresh?.link };
}
