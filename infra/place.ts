/** The deployment's location, and its instance. */
export interface Place {
  readonly stage: string;
  /** Begins the name of everything that is deployed: `landbridge-production-`. */
  readonly prefix: string;
  readonly isProduction: boolean;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly managementAccountId: string;
  readonly instanceArn: string;
  readonly identityStoreId: string;
}

/** @throws {Error} for a region without an instance, or a stage whose name makes names too long */
export async function findPlace(): Promise<Place> {
  const { name, stage } = $app;
  // No hyphen: permissions reach everything that begins with `landbridge-<stage>-`.
  if (!/^[a-z0-9]{1,16}$/.test(stage)) {
    throw new Error(`Stage ${stage}: expected at most 16 small letters and digits`);
  }
  const [{ partition }, { region }, { accountId }, instances, organization] = await Promise.all([
    aws.getPartition(),
    aws.getRegion(),
    aws.getCallerIdentity(),
    aws.ssoadmin.getInstances(),
    aws.organizations.getOrganization(),
  ]);
  const [instanceArn, ...others] = instances.arns;
  const [identityStoreId] = instances.identityStoreIds;
  if (instanceArn === undefined || identityStoreId === undefined || others.length > 0) {
    throw new Error(
      `Account ${accountId} sees ${instances.arns.length} Identity Center instances in ${region}: deploy to the instance's region, ` +
        "with the account that owns it or its delegated administrator",
    );
  }
  return {
    stage,
    prefix: `${name}-${stage}-`,
    isProduction: stage === "production",
    partition,
    region,
    accountId,
    managementAccountId: organization.masterAccountId,
    instanceArn,
    identityStoreId,
  };
}

/** `landbridge-production-connect-check-prerequisites`, cut to the 64 characters that Lambda and IAM allow. */
export function nameOf({ prefix }: Pick<Place, "prefix">, name: string): string {
  const full = `${prefix}${name.replace("/", "-")}`;
  if (full.length <= 64) return full;
  // Two names that are cut to the same would be refused by AWS as one that exists.
  return full.slice(0, 64).replace(/-+$/, "");
}
