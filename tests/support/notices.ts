import type { Layer } from "@landbridge/sandbox";
import { DirectoryFile } from "@landbridge/sandbox";
import { aFlowHost, type FlowHost, silent } from "./flow-host.ts";
import { smallOrganization } from "./small-company.ts";

export const MINUTE = 60_000;

const POLICY = (names: readonly string[]) => `version: 1
permissionSets:
  Look: { awsManagedPolicies: [ReadOnlyAccess] }
rules:
  - name: all look
    groups: [${names.join(", ")}]
    nested: expand
    permissionSets: [Look]
    targets: { ou: [Sandbox] }
`;

type Webhook = (request: Request) => Promise<Response>;

export interface WatchedCompany {
  readonly host: FlowHost;
  /** Inputs of the sync-access runs that events asked for, so far. */
  readonly runs: { readonly scope: string; readonly ids?: readonly string[] }[];
  /** What Graph was told when the subscription was created. */
  readonly subscription: { readonly id: string; readonly clientState: string };
  /** A group inside another: one assignment more. @returns its id */
  nest(index: number): string;
  /** Takes a group out of another again. */
  unnest(index: number, childId: string): void;
  /** The same request that Graph would send about these groups. */
  notice(groupIds: readonly string[], differing?: object): Request;
}

/** A connected company with this number of groups, each of which looks at one account. */
export async function aWatchedCompany(options: {
  readonly groups: number;
  readonly seed?: number;
  readonly deliver?: (request: Request, webhook: Webhook) => Promise<Response>;
}): Promise<WatchedCompany> {
  const names = Array.from({ length: options.groups }, (_, index) => `Team ${index}`);
  let subscription = { id: "", clientState: "" };
  const watch: Layer = (service, inner) => ({
    async fetch(request) {
      const isNew =
        service === "graph" && request.method === "POST" && request.url.endsWith("/subscriptions");
      const asked = isNew ? ((await request.clone().json()) as { clientState: string }) : null;
      const response = await inner.fetch(request);
      if (asked && response.ok) {
        const { id } = (await response.clone().json()) as { id: string };
        subscription = { id, clientState: asked.clientState };
      }
      return response;
    },
  });
  const runs: WatchedCompany["runs"] = [];
  const host = await aFlowHost({
    organization: smallOrganization(),
    directory: DirectoryFile.parse({
      tenant: { name: "Small" },
      users: [{ userPrincipalName: "ada@small.example", displayName: "Ada", givenName: "Ada", surname: "L" }],
      groups: names.map((name) => ({ name, users: ["ada@small.example"] })),
    }),
    policy: POLICY(names),
    reactsToEvents: true,
    layers: [watch],
    variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" },
    disturbance: () => ({ duplicateProbability: 0.2, longestDelayMilliseconds: 30_000 }),
    invoke(name, payload, handler) {
      if (name === "sync-access/load-policy") runs.push(payload as WatchedCompany["runs"][number]);
      return handler();
    },
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.deliver && { deliver: options.deliver }),
  });
  const [report] = await host.run("connect", {}, silent);
  if (report?.status !== "SUCCEEDED") throw new Error(`connect: ${report?.error} ${report?.cause}`);
  await host.deps.clock.sleep(15 * MINUTE);
  runs.length = 0;

  const { entra } = host.sandbox;
  let children = 0;
  function team(index: number) {
    const found = entra.groups().find(({ displayName }) => displayName === `Team ${index}`);
    if (!found) throw new Error(`There is no team ${index}.`);
    return found;
  }
  return {
    host,
    runs,
    get subscription() {
      return subscription;
    },
    nest(index) {
      const { id } = entra.directory.addGroup({
        name: `Squad ${(children += 1)}`,
        users: ["ada@small.example"],
      });
      team(index).groupIds.add(id);
      return id;
    },
    unnest: (index, childId) => void team(index).groupIds.delete(childId),
    notice(groupIds, differing = {}) {
      const value = groupIds.map((id) => ({
        subscriptionId: subscription.id,
        clientState: subscription.clientState,
        tenantId: entra.credentials.tenantId,
        changeType: "updated",
        resource: `Groups/${id}`,
        resourceData: { "@odata.type": "#Microsoft.Graph.Group", id },
        ...differing,
      }));
      return new Request("https://landbridge.example/webhooks/graph", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ value }),
      });
    },
  };
}
