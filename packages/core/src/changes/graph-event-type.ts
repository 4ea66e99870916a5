/** How the webhook passes on Graph's notifications: only ids, and only from notifications that passed its checks. */
export const GRAPH_EVENT = { source: "landbridge.graph", detailType: "Graph Change Notification" } as const;
