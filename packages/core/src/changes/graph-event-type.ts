/** How the webhook hands Graph's notifications on: only ids, and only of notifications that passed its checks. */
export const GRAPH_EVENT = { source: "landbridge.graph", detailType: "Graph Change Notification" } as const;
