import type { IdentityStoreState, StoreUser } from "../identity-store/state.ts";
import { notFound } from "./errors.ts";
import { type Conditions, parseFilter } from "./filter.ts";
import type { ScimOperation } from "./operation.ts";
import { parseListQuery, listResponse } from "./list-response.ts";
import { parsePatch } from "./patch-request.ts";
import { patchUser } from "./patch-user.ts";
import type { ScimState } from "./state.ts";
import { describeUser, parseUser } from "./user-resource.ts";

const FILTERS = [["userName"], ["externalId"], ["groups.value"], ["id"], ["id", "manager"]];

/** The operations on /Users. */
export function makeUserOperations({
  identityStore: store,
  principalLagMilliseconds,
}: ScimState): Record<string, ScimOperation> {
  const find = (id: string): StoreUser => {
    const user = store.users.get(id);
    if (user === undefined) throw notFound(`User ${id} does not exist`);
    return user;
  };

  return {
    CreateUser: ({ body }) => ({
      status: 201,
      body: describeUser(store.createUser(parseUser(body), principalLagMilliseconds)),
    }),
    GetUser: ({ id }) => ({ status: 200, body: describeUser(find(id)) }),
    /** 201, as the sample in the developer guide has it. */
    PutUser: ({ id, body }) => {
      const user = find(id);
      store.updateUser(user, parseUser(body));
      return { status: 201, body: describeUser(user) };
    },
    PatchUser: ({ id, body }) => {
      const user = find(id);
      store.updateUser(user, patchUser(user.attributes, parsePatch(body)));
      return { status: 200, body: describeUser(user) };
    },
    DeleteUser: ({ id }) => {
      store.deleteUser(find(id));
      return { status: 204 };
    },
    ListUsers: ({ query }) => {
      const list = parseListQuery("Users", query);
      const users =
        list.filter === null ? [...store.users.values()] : select(store, parseFilter(list.filter, FILTERS));
      return { status: 200, body: listResponse(users.map(describeUser), list) };
    },
  };
}

function select(store: IdentityStoreState, conditions: Conditions): StoreUser[] {
  const userName = conditions.get("userName");
  if (userName !== undefined) return present(store.findUserByName(userName));
  const externalId = conditions.get("externalId");
  if (externalId !== undefined) return present(store.findUserByExternalId(externalId));
  const groupId = conditions.get("groups.value");
  if (groupId !== undefined)
    return store.membershipsOf(groupId).flatMap(({ userId }) => present(store.users.get(userId)));
  const manager = conditions.get("manager");
  const users = present(store.users.get(conditions.get("id") ?? ""));
  return users.filter(
    ({ attributes }) => manager === undefined || attributes.enterprise?.["manager"] === manager,
  );
}

function present(user: StoreUser | undefined): StoreUser[] {
  return user === undefined ? [] : [user];
}
