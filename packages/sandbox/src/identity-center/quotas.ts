/** Limits of IAM Identity Center (user guide, "Quotas"); the caller can raise none of them here. */
export const QUOTAS = {
  requestsPerSecond: 20,
  permissionSets: 3500,
  permissionSetsPerAccount: 500,
  groupsPerPermissionSetAndAccount: 100,
  managedPoliciesPerPermissionSet: 25,
  inlinePolicyCharacters: 10_240,
  outstandingAssignments: 15,
  concurrentProvisionings: 3,
  /** AWS's general limit; the user guide has no specific one. */
  tagsPerResource: 50,
} as const;
