import { createHash } from "node:crypto";
import { organizationPath, type OrganizationState } from "../organizations/state.ts";
import { SigningKeys } from "./signing-keys.ts";

/** Callers that assumed no role are sessions of this one, in its account: IAM is not imitated. */
const ROLE = "sandbox";
/** Role of people who signed in through Identity Center. */
const PEOPLE_ROLE = "AWSReservedSSO_Sandbox_0123456789abcdef";

/** What AWS STS knows about the accounts: their callers, and whether it issues tokens for other clouds. */
export class StsState {
  readonly organization: OrganizationState;
  readonly keys = new SigningKeys();
  /** Accounts with outbound web identity federation enabled. */
  readonly federatedAccountIds: Set<string>;

  /** @param isFederated whether every account of the organization has outbound federation enabled */
  constructor(organization: OrganizationState, isFederated: boolean) {
    this.organization = organization;
    this.federatedAccountIds = new Set(isFederated ? organization.accounts.keys() : []);
  }

  /** Role and session of the access keys that AssumeRole gave out. */
  readonly #assumed = new Map<string, { readonly roleArn: string; readonly session: string }>();

  /** The access key is that of a session of the role from now on. */
  remember(accessKeyId: string, role: { readonly roleArn: string; readonly session: string }): void {
    this.#assumed.set(accessKeyId, role);
  }

  /** Subject of the caller's web identity tokens. */
  roleArn(accountId: string, accessKeyId: string | null): string {
    return this.#assumed.get(accessKeyId ?? "")?.roleArn ?? `arn:aws:iam::${accountId}:role/${ROLE}`;
  }

  /** `GetCallerIdentity`: each access key is a separate person. */
  sessionArn(accountId: string, accessKeyId: string | null): string {
    const assumed = this.#assumed.get(accessKeyId ?? "");
    if (assumed) {
      const name = assumed.roleArn.split("/").at(-1);
      return `arn:aws:sts::${accountId}:assumed-role/${name}/${assumed.session}`;
    }
    const session = accessKeyId?.replaceAll(/[^\w+=,.@-]/g, "-") || "session";
    return `arn:aws:sts::${accountId}:assumed-role/${PEOPLE_ROLE}/${session}`;
  }

  /** Every account has its own issuer. */
  issuerHost(accountId: string): string {
    const hex = createHash("sha256").update(`${this.organization.id}/${accountId}`).digest("hex");
    const uuid = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
    return `${[...uuid, hex.slice(20, 32)].join("-")}.tokens.sts.global.api.aws`;
  }

  issuer(accountId: string): string {
    return `https://${this.issuerHost(accountId)}`;
  }

  issuerHosts(): string[] {
    return [...this.organization.accounts.keys()].map((accountId) => this.issuerHost(accountId));
  }

  /** `o-…/r-…/ou-…/` of the unit or root that holds the account (claim `ou_path`). */
  unitPath(accountId: string): string {
    const { accounts, rootId } = this.organization;
    return organizationPath(this.organization, accounts.get(accountId)?.parentId ?? rootId);
  }
}
