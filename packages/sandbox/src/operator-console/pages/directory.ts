import type { Hono } from "hono";
import { html } from "hono/html";
import { ConsoleRefusal } from "../console-refusal.ts";
import type { StoreGroup, StoreUser } from "../../identity-store/state.ts";
import type { ConsoleWorld } from "../world.ts";
import { copyable, facts, type Html, pathTo, table, time } from "./html.ts";
import { page } from "./layout.ts";
import { listPage } from "./list-page.ts";

/** Users and groups of the identity store, to watch provisioning arrive. Read only, as with an external identity provider. */
export function addDirectoryPages(app: Hono, { identityCenter: { identityStore } }: ConsoleWorld): void {
  const { users, groups } = identityStore;

  app.get("/users", (c) =>
    c.html(
      listPage({
        title: "Users",
        query: c.req.query(),
        all: [...users.values()].toSorted(byText(({ attributes }) => attributes.userName)),
        textOf: ({ attributes }) => `${attributes.userName} ${attributes.displayName}`,
        columns: ["Username", "Display name", "Status", "Created by"],
        row: (user) => [
          userLink(user),
          user.attributes.displayName,
          user.attributes.active ? "Enabled" : "Disabled",
          createdBy(user),
        ],
        empty: "The identity store has no users yet.",
      }),
    ),
  );
  app.get("/users/:id", (c) => {
    const user = found(users.get(c.req.param("id")), "user");
    const memberships = [...groups.values()].filter(({ id }) => identityStore.isMember(id, user.id));
    return c.html(userPage(user, memberships));
  });
  app.get("/groups", (c) =>
    c.html(
      listPage({
        title: "Groups",
        query: c.req.query(),
        all: [...groups.values()].toSorted(byText(({ attributes }) => attributes.displayName)),
        textOf: ({ attributes }) => attributes.displayName,
        columns: ["Group name", "Members", "Created by"],
        row: (group) => [
          groupLink(group),
          String(identityStore.membershipsOf(group.id).length),
          createdBy(group),
        ],
        empty: "The identity store has no groups yet.",
      }),
    ),
  );
  app.get("/groups/:id", (c) => {
    const group = found(groups.get(c.req.param("id")), "group");
    const members = identityStore.membershipsOf(group.id).map(({ userId }) => users.get(userId));
    return c.html(
      groupPage(
        group,
        members.filter((member) => member !== undefined),
      ),
    );
  });
}

function userPage(user: StoreUser, groups: readonly StoreGroup[]): Html {
  const { attributes } = user;
  const body = html`<div class="box">${facts({
    Username: copyable(attributes.userName),
    Name: `${attributes.name.givenName} ${attributes.name.familyName}`,
    Status: attributes.active ? "Enabled" : "Disabled",
    "User ID": copyable(user.id),
    "External ID": attributes.externalId ?? "None",
    "Created by": createdBy(user),
    Updated: time(user.updatedAt),
  })}
<p><a href="${pathTo("portal")}?userName=${encodeURIComponent(attributes.userName)}">Sign in to the AWS access portal as this user</a></p></div>
<div class="box">${table({
    caption: "Groups of this user",
    columns: ["Group name"],
    rows: groups.map((group) => [groupLink(group)]),
    empty: "The user is in no group.",
  })}</div>`;
  return page({ title: attributes.displayName, section: "Users", trail: [["Users", ["users"]]], body });
}

function groupPage(group: StoreGroup, members: readonly StoreUser[]): Html {
  const { attributes } = group;
  const body = html`<div class="box">${facts({
    "Group name": attributes.displayName,
    "Group ID": copyable(group.id),
    "External ID": attributes.externalId ?? "None",
    "Created by": createdBy(group),
    Updated: time(group.updatedAt),
  })}</div>
<div class="box">${table({
    caption: "Users in this group",
    columns: ["Username", "Display name"],
    rows: members.map((user) => [userLink(user), user.attributes.displayName]),
    empty: "The group has no members.",
  })}</div>`;
  return page({ title: attributes.displayName, section: "Groups", trail: [["Groups", ["groups"]]], body });
}

function userLink({ id, attributes }: StoreUser): Html {
  return html`<a href="${pathTo("users", id)}">${attributes.userName}</a>`;
}

function groupLink({ id, attributes }: StoreGroup): Html {
  return html`<a href="${pathTo("groups", id)}">${attributes.displayName}</a>`;
}

function createdBy({ attributes }: StoreUser | StoreGroup): string {
  return attributes.externalId === undefined ? "Manual" : "SCIM";
}

function byText<Item>(textOf: (item: Item) => string) {
  return (a: Item, b: Item) => textOf(a).localeCompare(textOf(b));
}

function found<Item>(item: Item | undefined, noun: string): Item {
  if (item !== undefined) return item;
  throw new ConsoleRefusal(404, `The identity store has no such ${noun}.`, {
    remedy: "It may have been removed: look at the list again.",
  });
}
