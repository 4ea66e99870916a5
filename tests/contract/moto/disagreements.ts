/** Where moto and the sandbox do not agree, and who is right. */
export interface Disagreement {
  /** Of the suite in `tests/contract/ports`: port, then the test's name. */
  readonly test: string;
  readonly moto: string;
  readonly sandbox: string;
  readonly right: "sandbox" | "moto" | "open";
  /** Where the documentation says so. */
  readonly source: string;
}

const MODEL = "AWS's service model of sso-admin declares the operation";

/** Each must fail on moto: an entry that passes is out of date, and fails the run. */
export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    test: "identityCenter > knows the organization's instance",
    moto: "does not implement DescribeInstance",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > creates a permission set that reads back as it was said",
    moto: "does not know the managed policy job-function/Billing, nor GetPermissionsBoundaryForPermissionSet",
    sandbox: "takes any managed policy of AWS by its ARN; implements the operation",
    right: "sandbox",
    source: `${MODEL}; the AWS managed policy reference lists job-function/Billing`,
  },
  {
    test: "identityCenter > brings a permission set to another spec, and back",
    moto: "does not implement GetPermissionsBoundaryForPermissionSet",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > makes an assignment that can be read, and takes it away again",
    moto: "an assignment does not provision: ListAccountsForProvisionedPermissionSet stays empty",
    sandbox: "an assignment provisions its permission set in the account",
    right: "sandbox",
    source: "API Reference, CreateAccountAssignment: the permission set is provisioned automatically",
  },
  {
    test: "identityCenter > assigns a user as well as a group",
    moto: "as above",
    sandbox: "as above",
    right: "sandbox",
    source: "as above",
  },
  {
    test: "identityCenter > lists operations by their state",
    moto: "does not implement ListAccountAssignmentCreationStatus",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
  {
    test: "identityCenter > lets an operation be seen while it is under way",
    moto: "as above; operations are over before they are answered",
    sandbox: "operations take seconds",
    right: "sandbox",
    source: "API Reference, CreateAccountAssignment: asynchronous, status IN_PROGRESS",
  },
  {
    test: "identityCenter > takes a group that the instance does not see for one that may still come",
    moto: "assigns principals that do not exist",
    sandbox: "ResourceNotFoundException",
    right: "sandbox",
    source: "API Reference, CreateAccountAssignment: errors",
  },
  {
    test: "identityCenter > provisions a changed permission set in every account that has it",
    moto: "does not implement GetPermissionsBoundaryForPermissionSet",
    sandbox: "implements it",
    right: "sandbox",
    source: MODEL,
  },
];
