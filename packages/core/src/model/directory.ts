/** A user of the Entra tenant. */
export interface DirectoryUser {
  /** Entra object id: becomes the `externalId` of the Identity Center user. */
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly accountEnabled: boolean;
}

/** A group of the Entra tenant with its direct members. */
export interface DirectoryGroup {
  /** Entra object id: becomes the `externalId` of the Identity Center group. */
  readonly id: string;
  readonly displayName: string;
  /** Entra provisions security-enabled groups only. */
  readonly securityEnabled: boolean;
  readonly memberUserIds: readonly string[];
  /** Groups nested directly in this one. Entra never syncs their members through this group. */
  readonly memberGroupIds: readonly string[];
}

/** The part of the tenant that the access policy names, nested groups included, read completely. */
export interface DirectorySnapshot {
  readonly groups: readonly DirectoryGroup[];
  readonly users: readonly DirectoryUser[];
  /**
   * Names that only rules with an end date use and that match nothing, each with the reason: an error while the rule
   * grants access, and irrelevant afterwards.
   */
  readonly unresolved?: Readonly<Record<string, string>>;
}
