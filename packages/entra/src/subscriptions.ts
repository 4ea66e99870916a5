import { FlowError, type GroupChanges, type GroupSubscription } from "@landbridge/core";
import type { GraphError } from "@microsoft/microsoft-graph-client";
import type { GraphObject } from "./answer.ts";
import type { Graph } from "./graph.ts";
import { readGroupDelta } from "./group-delta.ts";
import { WATCH_GROUPS } from "./permissions.ts";
import { describeRefusal } from "./translate-error.ts";

/** Creation and soft deletion arrive as `updated` (Graph: change notifications overview). */
const CHANGE_TYPES = "updated,deleted";
const permission = WATCH_GROUPS;

/** Subscriptions to changes of groups, by webhook, and the delta query that finds what they missed. */
export function makeGroupChanges(graph: Graph): GroupChanges {
  return {
    async subscribe({ notificationUrl, clientState, expiresAt }) {
      const made = await graph.post({
        operation: "Create subscription",
        permission,
        path: "/subscriptions",
        body: {
          changeType: CHANGE_TYPES,
          notificationUrl,
          // It cannot be added later.
          lifecycleNotificationUrl: notificationUrl,
          // One for all: there may be 100 for each application in a tenant. It also reports members.
          resource: "groups",
          expirationDateTime: expiresAt,
          clientState,
          latestSupportedTlsVersion: "v1_2",
        },
        secret: clientState,
        explain: explainHandshake,
      });
      return toSubscription(made);
    },
    async find(id) {
      const found = await graph.find({
        operation: "Get subscription",
        permission,
        path: `/subscriptions/${encodeURIComponent(id)}`,
      });
      return found && toSubscription(found);
    },
    renew: (id, expiresAt) => renew(graph, id, expiresAt),
    changedSince: (link) => readGroupDelta(graph, link),
  };
}

async function renew(graph: Graph, id: string, expirationDateTime: string): Promise<boolean> {
  let isGone = false;
  try {
    await graph.write("patch", {
      operation: "Update subscription",
      permission,
      path: `/subscriptions/${encodeURIComponent(id)}`,
      body: { expirationDateTime },
      explain: ({ statusCode }) => {
        isGone = statusCode === 404;
        return null;
      },
    });
    return true;
  } catch (error) {
    if (isGone) return false;
    throw error;
  }
}

/** 400 is what a failed validation of the address is answered with (Graph: webhook delivery). */
function explainHandshake(error: GraphError): FlowError | null {
  if (error.statusCode !== 400 || !/validation/i.test(`${error.code} ${error.message}`)) return null;
  return new FlowError("WebhookRefused", describeRefusal(error, "Create subscription"));
}

function toSubscription(item: GraphObject): GroupSubscription {
  return { id: item.text("id"), expiresAt: item.text("expirationDateTime") };
}
