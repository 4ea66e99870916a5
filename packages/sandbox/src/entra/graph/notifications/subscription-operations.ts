import * as z from "zod";
import { GraphRefusal, badRequest, denied, notFound, notImplemented } from "../../errors.ts";
import { type JsonObject, listPage, singleObject } from "../../odata.ts";
import type { EntraState } from "../../state.ts";
import { type GraphCall, type Operation, noContent } from "../operation.ts";
import { NEEDS, areMet } from "../permissions.ts";
import type { ChangeNotifications } from "./change-notifications.ts";
import { type Subscription, type Watched, parseResource, subscriptionView } from "./subscription.ts";
import { validateEndpoint } from "./webhook-sender.ts";

/** For users and groups ("subscription resource type"). */
const LONGEST_MINUTES = 41_760;
/** The limit of one application in one tenant; those of the tenant and of the application are higher. */
const MOST_SUBSCRIPTIONS = 100;
const CONTEXT = "subscriptions";

const Expiration = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const NewSubscription = z.strictObject({
  changeType: z.string().min(1),
  notificationUrl: z.string().min(1),
  lifecycleNotificationUrl: z.string().min(1).nullish(),
  resource: z.string().min(1),
  expirationDateTime: Expiration,
  clientState: z.string().max(128).nullish(),
  latestSupportedTlsVersion: z.enum(["v1_0", "v1_1", "v1_2", "v1_3"]).nullish(),
  includeResourceData: z.literal(false, { error: "the sandbox sends no resource data" }).nullish(),
});
const Renewal = z.strictObject({ expirationDateTime: Expiration });

export function subscriptionOperations(state: EntraState, notifications: ChangeNotifications): Operation[] {
  const { kernel } = state;
  const filterable = { id: (subscription: Subscription) => subscription.id };
  const one = { path: "/subscriptions/{id}", needs: NEEDS.nothing };

  function find({ param, roles }: GraphCall): Subscription {
    const wanted = param("id").toLowerCase();
    const subscription = notifications.list().find(({ id }) => id === wanted);
    if (!subscription) throw notFound(param("id"));
    checkPermission(subscription.watched, roles);
    return subscription;
  }

  function checkExpiration(expiresAt: number): void {
    const minutes = (expiresAt - kernel.clock.now()) / 60_000;
    if (minutes > 0 && minutes <= LONGEST_MINUTES) return;
    throw badRequest(
      `expirationDateTime must be in the future and at most ${LONGEST_MINUTES} minutes ahead.`,
      "InvalidRequest",
    );
  }

  return [
    {
      method: "GET",
      path: "/subscriptions",
      needs: NEEDS.nothing,
      handle: ({ query, url }) => {
        const collection = { context: CONTEXT, filterable, view };
        return Response.json(listPage({ items: notifications.list(), collection, query, url }));
      },
    },
    {
      method: "POST",
      path: "/subscriptions",
      // Depends on the resource, which the body names.
      needs: NEEDS.nothing,
      async handle({ body, roles }) {
        const { expirationDateTime: expiresAt, ...wanted } = await body(NewSubscription);
        const watched = parseResource(wanted.resource);
        checkPermission(watched, roles);
        const changeType = checkChangeType(wanted.changeType);
        checkExpiration(expiresAt);
        checkExists(state, watched);
        const { notificationUrl, lifecycleNotificationUrl = null, clientState = null } = wanted;
        const endpoints = [notificationUrl, ...(lifecycleNotificationUrl ? [lifecycleNotificationUrl] : [])];
        for (const endpoint of endpoints) checkAddress(endpoint);
        if (notifications.list().length >= MOST_SUBSCRIPTIONS) {
          const message = `Subscription limit reached: ${MOST_SUBSCRIPTIONS} for each application in a tenant.`;
          throw new GraphRefusal(403, "Forbidden", { message });
        }
        for (const endpoint of endpoints) await validateEndpoint(kernel, endpoint);
        const subscription = notifications.add({
          changeType,
          notificationUrl,
          lifecycleNotificationUrl,
          resource: wanted.resource,
          watched,
          clientState,
          latestSupportedTlsVersion: wanted.latestSupportedTlsVersion ?? "v1_2",
          expiresAt,
        });
        return Response.json(subscriptionView(subscription, true), { status: 201 });
      },
    },
    {
      ...one,
      method: "GET",
      handle: (call) => Response.json(singleObject(view(find(call)), call.query, { context: CONTEXT })),
    },
    {
      ...one,
      method: "PATCH",
      async handle(call) {
        const subscription = find(call);
        const { expirationDateTime } = await call.body(Renewal);
        checkExpiration(expirationDateTime);
        notifications.renew(subscription, expirationDateTime);
        return Response.json(view(subscription));
      },
    },
    {
      ...one,
      method: "DELETE",
      handle(call) {
        notifications.remove(find(call));
        return noContent();
      },
    },
    {
      method: "POST",
      path: "/subscriptions/{id}/reauthorize",
      needs: NEEDS.nothing,
      handle(call) {
        // Confirms that the client still has access; the expiration does not change.
        find(call).challengeAt = null;
        return noContent();
      },
    },
  ];
}

function view(subscription: Subscription): JsonObject {
  return subscriptionView(subscription, false);
}

function checkPermission({ type }: Watched, roles: readonly string[]): void {
  if (!areMet(type === "group" ? NEEDS.watchGroups : NEEDS.watchUsers, roles)) throw denied();
}

function checkChangeType(text: string): string {
  const types = text.split(",").map((type) => type.trim().toLowerCase());
  const foreign = types.find((type) => type !== "updated" && type !== "deleted");
  if (foreign === undefined) return types.join(",");
  throw badRequest(
    `changeType '${foreign}' is not supported for users and groups, only updated and deleted are.`,
    "InvalidRequest",
  );
}

function checkExists({ users, groups }: EntraState, { type, id }: Watched): void {
  if (id !== null && !(type === "user" ? users : groups).has(id)) throw notFound(id);
}

function checkAddress(address: string): void {
  if (/^Event(Hub|Grid):/i.test(address)) throw notImplemented("delivery to Event Hubs and Event Grid");
  if (URL.parse(address)?.protocol === "https:") return;
  throw badRequest("notificationUrl and lifecycleNotificationUrl must be https addresses.", "InvalidRequest");
}
