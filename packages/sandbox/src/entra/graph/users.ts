import { notFound } from "../errors.ts";
import { type Collection, type JsonObject, listPage, singleObject } from "../odata.ts";
import type { DirectoryUser, EntraState } from "../state.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

/** The properties of a read without `$select`: `accountEnabled` is not included ("user resource type"). */
export const DEFAULT_USER_PROPERTIES = [
  "id",
  "businessPhones",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
];

export const USER_PROPERTIES = [...DEFAULT_USER_PROPERTIES, "accountEnabled", "userType"];

const USERS: Collection<DirectoryUser> = {
  context: "users",
  filterable: {
    id: ({ id }) => id,
    displayName: ({ displayName }) => displayName,
    userPrincipalName: ({ userPrincipalName }) => userPrincipalName,
    mail: ({ userPrincipalName }) => userPrincipalName,
    givenName: ({ givenName }) => givenName,
    surname: ({ surname }) => surname,
    accountEnabled: ({ accountEnabled }) => accountEnabled,
    userType: ({ userType }) => userType,
  },
  searchable: ["displayName", "mail", "userPrincipalName"],
  sortable: ["displayName", "userPrincipalName"],
  defaults: DEFAULT_USER_PROPERTIES,
  view: userView,
};

export function userOperations(state: EntraState): Operation[] {
  return [
    {
      method: "GET",
      path: "/users",
      needs: NEEDS.readUsers,
      handle: ({ query, url }) => {
        const items = [...state.users.values()];
        return Response.json(listPage({ items, collection: USERS, query, url }));
      },
    },
    {
      method: "GET",
      path: "/users/{id}",
      needs: NEEDS.readUsers,
      handle: ({ query, param }) => {
        const user = findUser(state, param("id"));
        const shape = { context: "users", defaults: DEFAULT_USER_PROPERTIES };
        return Response.json(singleObject(userView(user), query, shape));
      },
    },
  ];
}

function findUser({ users }: EntraState, idOrName: string): DirectoryUser {
  const wanted = idOrName.toLowerCase();
  const user =
    users.get(wanted) ?? [...users.values()].find((one) => one.userPrincipalName.toLowerCase() === wanted);
  if (!user) throw notFound(idOrName);
  return user;
}

export function userView(user: DirectoryUser): JsonObject {
  return {
    id: user.id,
    businessPhones: [],
    displayName: user.displayName,
    givenName: user.givenName,
    jobTitle: null,
    mail: user.userPrincipalName,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: user.surname,
    userPrincipalName: user.userPrincipalName,
    accountEnabled: user.accountEnabled,
    userType: user.userType,
  };
}
