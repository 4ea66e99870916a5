import {
  type IdentitystoreClient,
  paginateListGroups,
  paginateListUsers,
} from "@aws-sdk/client-identitystore";
import type { IdentityStore, StorePrincipal } from "@landbridge/core";
import { required } from "./required.ts";

interface ExternalId {
  readonly Id: string | undefined;
}

/** Groups and users of the identity store; memberships are Entra's. */
export function makeIdentityStore(identityStore: IdentitystoreClient): IdentityStore {
  return {
    async listGroups(identityStoreId) {
      const groups: StorePrincipal[] = [];
      const pages = paginateListGroups({ client: identityStore }, { IdentityStoreId: identityStoreId });
      for await (const { Groups } of pages) {
        for (const { GroupId, DisplayName, ExternalIds } of required(
          Groups,
          "the groups of the identity store",
        )) {
          groups.push({
            type: "GROUP",
            principalId: required(GroupId, "the id of a group"),
            name: DisplayName ?? "",
            externalId: firstId(ExternalIds),
          });
        }
      }
      return groups;
    },
    async listUsers(identityStoreId) {
      const users: StorePrincipal[] = [];
      const pages = paginateListUsers({ client: identityStore }, { IdentityStoreId: identityStoreId });
      for await (const { Users } of pages) {
        for (const { UserId, UserName, ExternalIds } of required(Users, "the users of the identity store")) {
          users.push({
            type: "USER",
            principalId: required(UserId, "the id of a user"),
            name: UserName ?? "",
            externalId: firstId(ExternalIds),
          });
        }
      }
      return users;
    },
  };
}

/** SCIM writes one external id per principal. AWS documents no name for its issuer, so the code looks for none. */
function firstId(externalIds: readonly ExternalId[] | undefined): string | null {
  return externalIds?.[0]?.Id ?? null;
}
