import { epochSeconds } from "../aws-json/timestamps.ts";
import { organizationPath, type OrganizationState, type SandboxAccount, type SandboxUnit } from "./state.ts";

/** Service principal under which an account is registered as administrator of Identity Center. */
export const IDENTITY_CENTER = "sso.amazonaws.com";

function arn(state: OrganizationState, resource: string): string {
  return `arn:aws:organizations::${state.managementAccountId}:${resource}`;
}

export function describeOrganization(state: OrganizationState): Record<string, unknown> {
  const id = state.managementAccountId;
  return {
    Id: state.id,
    Arn: arn(state, `organization/${state.id}`),
    FeatureSet: "ALL",
    MasterAccountArn: arn(state, `account/${state.id}/${id}`),
    MasterAccountId: id,
    MasterAccountEmail: state.accounts.get(id)?.email,
    AvailablePolicyTypes: [],
  };
}

export function describeRoot(state: OrganizationState): Record<string, unknown> {
  const Arn = arn(state, `root/${state.id}/${state.rootId}`);
  return { Id: state.rootId, Arn, Name: "Root", PolicyTypes: [] };
}

export function describeUnit(state: OrganizationState, unit: SandboxUnit): Record<string, unknown> {
  return {
    Id: unit.id,
    Arn: arn(state, `ou/${state.id}/${unit.id}`),
    Name: unit.name,
    Path: organizationPath(state, unit.id),
  };
}

/** The account that administers the service instead of the management account, if there is one. */
export function delegatesOf(state: OrganizationState, servicePrincipal: string): Record<string, unknown>[] {
  const account = state.accounts.get(state.delegatedAdministratorId ?? "");
  if (account === undefined || servicePrincipal !== IDENTITY_CENTER) return [];
  const { Paths: _paths, ...described } = describeAccount(state, account);
  return [{ ...described, DelegationEnabledDate: epochSeconds(state.delegationEnabledAt) }];
}

/** Without `Status`, which AWS retired on 2026-09-09 in favour of `State`. */
export function describeAccount(state: OrganizationState, account: SandboxAccount): Record<string, unknown> {
  return {
    Id: account.id,
    Arn: arn(state, `account/${state.id}/${account.id}`),
    Email: account.email,
    Name: account.name,
    State: account.state,
    Paths: [organizationPath(state, account.id)],
    JoinedMethod: "CREATED",
    JoinedTimestamp: epochSeconds(account.joinedAt),
  };
}
