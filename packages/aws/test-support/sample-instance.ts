/** The instance that the tests of the identity center use. */
export const REGION = "eu-central-1";

export const INSTANCE = {
  instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
  identityStoreId: "d-1234567890",
  ownerAccountId: "111111111111",
  region: REGION,
};

export const SET_ARN = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";

/** Id of the user or group of that number in the identity store. */
export function storeId(number: number): string {
  return `1234567890-11111111-2222-3333-4444-${String(number).padStart(12, "0")}`;
}

export const KEY = { InstanceArn: INSTANCE.instanceArn, PermissionSetArn: SET_ARN };

export const ASSIGNMENT = {
  accountId: "222222222222",
  permissionSetArn: SET_ARN,
  principalType: "GROUP",
  principalId: "1234567890-11111111-2222-3333-4444-555555555555",
} as const;

/** A permission set with nothing on it. */
export const BARE_SPEC = {
  description: null,
  sessionDuration: "PT1H",
  relayState: null,
  awsManagedPolicies: [],
  customerManagedPolicies: [],
  inlinePolicy: null,
  permissionsBoundary: null,
  tags: null,
};
