/** Where moto and the sandbox disagree, and which one is right. */
export interface Disagreement {
  /** In the suite in `tests/contract/ports`: port, then the test's name. */
  readonly test: string;
  /** Part of how it fails on moto: a failure of another kind is a new disagreement. */
  readonly fails: string;
  readonly moto: string;
  readonly sandbox: string;
  /** `open` where the documentation does not say. */
  readonly right: "sandbox" | "moto" | "open";
  /** Where the documentation says so, or the evidence without documentation. */
  readonly source: string;
}

const MODEL = "AWS's service model of sso-admin declares the operation";

/** Each must fail on moto: an entry that passes is out of date, and fails the run. */
export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    test: "identityCenter > knows the organization's instance",
    fails: "sso:DescribeInstance",
    moto: "does not implement DescribeInstance",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > creates a permission set that reads back as it was said",
    fails: "Policy does not exist with ARN: arn:aws:iam::aws:policy/job-function/Billing",
    moto: "looks managed policies up and does not know job-function/Billing",
    sandbox: "takes any managed policy of AWS by its ARN",
    right: "sandbox",
    source:
      "AWS Managed Policy Reference, Billing: that is its ARN; moto is right to look policies up at all",
  },
  {
    test: "identityCenter > does not create a permission set of a name that is taken",
    fails: "instead of rejecting",
    moto: "creates a second permission set of the same name",
    sandbox: "ConflictException",
    right: "sandbox",
    source: "API Reference, CreatePermissionSet: errors; which case it means is not said",
  },
  {
    test: "identityCenter > keeps relay state and tags, and leaves them alone where the spec says nothing of them",
    fails: "sso:GetPermissionsBoundaryForPermissionSet",
    moto: "does not implement GetPermissionsBoundaryForPermissionSet",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > lists where a permission set is, from either side",
    fails: "expected [] to deeply equal",
    moto: "lists as provisioned to an account only what ProvisionPermissionSet was called for, whatever the account",
    sandbox: "lists the permission sets that an account has assignments of",
    right: "sandbox",
    source:
      "API Reference, CreateAccountAssignment: it provisions the permission set to the account; ListPermissionSetsProvisionedToAccount: to a specified account",
  },
  {
    test: "identityCenter > deletes no permission set that an account has",
    fails: "instead of rejecting",
    moto: "deletes it",
    sandbox: "ConflictException",
    right: "sandbox",
    source: "IAM Identity Center User Guide, Delete permission sets: to be removed from all accounts first",
  },
  {
    test: "identityCenter > brings a permission set to another spec, and back",
    fails: "sso:GetPermissionsBoundaryForPermissionSet",
    moto: "does not implement GetPermissionsBoundaryForPermissionSet",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > has every role of a changed permission set out of date until it is provisioned there",
    fails: "sso:GetPermissionsBoundaryForPermissionSet",
    moto: "does not implement GetPermissionsBoundaryForPermissionSet",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > brings the roles in all accounts up to date at once",
    fails: "sso:GetPermissionsBoundaryForPermissionSet",
    moto: "does not implement GetPermissionsBoundaryForPermissionSet",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > reads one permission set, and none that is gone",
    fails: "Policy does not exist with ARN: arn:aws:iam::aws:policy/job-function/Billing",
    moto: "looks managed policies up and does not know job-function/Billing",
    sandbox: "takes any managed policy of AWS by its ARN",
    right: "sandbox",
    source:
      "AWS Managed Policy Reference, Billing: that is its ARN; moto is right to look policies up at all",
  },
  {
    test: "identityCenter > makes an assignment that can be read, and takes it away again",
    fails: "expected [] to deeply equal [ { accountId:",
    moto: "an assignment does not provision: ListAccountsForProvisionedPermissionSet stays empty",
    sandbox: "an assignment provisions its permission set in the account",
    right: "sandbox",
    source: "API Reference, CreateAccountAssignment: the permission set is provisioned automatically",
  },
  {
    test: "identityCenter > assigns a user as well as a group",
    fails: "expected [] to deeply equal [ { accountId:",
    moto: "an assignment does not provision: ListAccountsForProvisionedPermissionSet stays empty",
    sandbox: "an assignment provisions its permission set in the account",
    right: "sandbox",
    source: "API Reference, CreateAccountAssignment: the permission set is provisioned automatically",
  },
  {
    test: "identityCenter > has an assignment once that was made twice",
    fails: "expected [ { …(4) }, { …(4) } ] to deeply equal",
    moto: "lists it twice",
    sandbox: "both operations succeed, and there is one",
    right: "open",
    source:
      "no page says how the second ends; an assignment has no id of its own, so that it cannot be told apart",
  },
  {
    test: "identityCenter > lists operations by their state",
    fails: "sso:ListAccountAssignmentCreationStatus",
    moto: "does not implement ListAccountAssignmentCreationStatus",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > lets an operation be seen while it is in progress",
    fails: "to match object { status: 'IN_PROGRESS'",
    moto: "operations are over before they are answered",
    sandbox: "operations take seconds",
    right: "sandbox",
    source: "API Reference, CreateAccountAssignment: asynchronous, status IN_PROGRESS",
  },
  {
    test: "identityCenter > meets a quota beyond the operations that may be in progress",
    fails: "expected [] to match object",
    moto: "has no quotas",
    sandbox: "refuses the sixteenth",
    right: "sandbox",
    source: "IAM Identity Center User Guide, Quotas: 15 outstanding calls of CreateAccountAssignment",
  },
  {
    test: "identityCenter > fails, with AWS's reason, in an account that is suspended",
    fails: "expected 'SUCCEEDED' to be 'FAILED'",
    moto: "succeeds",
    sandbox: "FAILED, half a minute later",
    right: "open",
    source:
      "not documented; aws-samples/aws-identitycenter-codepipeline-auto-assignment#31 reports the failure",
  },
  {
    test: "identityCenter > takes a group that the instance does not see for one that may still come",
    fails: "instead of rejecting",
    moto: "assigns principals that do not exist",
    sandbox: "ResourceNotFoundException",
    right: "sandbox",
    source: "API Reference, CreateAccountAssignment: errors",
  },
  {
    test: "identityCenter > takes a permission set that it does not find for an incomplete read, not for one without assignments",
    fails: "instead of rejecting",
    moto: "ListAccountsForProvisionedPermissionSet answers an empty list",
    sandbox: "ResourceNotFoundException",
    right: "sandbox",
    source: "API Reference, ListAccountsForProvisionedPermissionSet: errors",
  },
  {
    test: "callbacks > fails the state that waits, with the error's name and cause",
    fails: "expected undefined to be 'not today'",
    moto: "DescribeExecution shows the error and leaves the cause out",
    sandbox: "shows both",
    right: "sandbox",
    source: "API Reference, DescribeExecution: error, cause",
  },
];
