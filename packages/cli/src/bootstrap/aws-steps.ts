/** The account's prerequisites for the first deployment: AWS CLI commands, to read before running them. */
export function awsSteps({
  region,
  delegated,
}: {
  readonly region: string;
  readonly delegated: string | null;
}) {
  return [
    "# One-time prerequisites in AWS. Run as an administrator of the management account.",
    "set -eu",
    "",
    "# 1. The organization instance of Identity Center, and the region that Landbridge is deployed to: this one.",
    `aws sso-admin list-instances --region ${region}`,
    "# None? In the console: IAM Identity Center, Enable with AWS Organizations. No API creates an organization instance.",
    "",
    ...(delegated === null ? MANAGEMENT : delegation(delegated)),
    "",
    "# 3. Sign-in to Entra without a stored secret: AWS issues identity tokens to roles of the deployment's account.",
    "#    Run in the deployment's account; the output has the issuer for bootstrap entra --issuer.",
    "aws iam enable-outbound-web-identity-federation",
    "aws iam get-outbound-web-identity-federation-info",
    "",
    "# 4. Events that start flows at once need a CloudTrail trail that logs management events.",
    `aws cloudtrail describe-trails --region ${region}`,
    "#    None? Landbridge still works on its schedules; events only make it faster.",
    "",
    "# 5. Two break-glass roles outside Identity Center that still work when Entra does not (IAM user guide).",
    "",
    "# Then: npm run landbridge -- bootstrap entra, npx sst deploy, npm run landbridge -- doctor. All of it: docs/deploy.md",
    "",
  ].join("\n");
}

const MANAGEMENT = [
  "# 2. You deploy to the management account. AWS advises a delegated administrator; with one, say",
  "#    --delegated <account id>. Permission sets of the management account itself can then not be managed.",
];

function delegation(accountId: string): string[] {
  return [
    "# 2. The account that you deploy to administers Identity Center and reads the organization.",
    `aws organizations register-delegated-administrator --service-principal sso.amazonaws.com --account-id ${accountId}`,
    "#    It cannot assign to the management account, nor use permission sets that are provisioned there.",
  ];
}
