/**
 * Requests a second of IAM Identity Center (sso-admin), all operations together (user guide, "Quotas": 20), less one for
 * other callers.
 */
export const IDENTITY_CENTER_RATE = 19;

/** Requests a second of the Identity Store, for each operation (user guide, "Quotas": 20), less one. */
export const IDENTITY_STORE_RATES = { ListGroups: 19, ListUsers: 19 };

/** Requests a second for one account (Organizations user guide, "Quotas and service limits"). */
export const ORGANIZATIONS_RATES = {
  DescribeOrganization: 1,
  ListRoots: 1,
  ListAccounts: 8,
  ListOrganizationalUnitsForParent: 5,
  ListParents: 5,
  ListTagsForResource: 10,
};
