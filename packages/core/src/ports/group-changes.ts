export interface GroupSubscription {
  readonly id: string;
  /** ISO time. */
  readonly expiresAt: string;
}

export interface ChangedGroups {
  /** Created, changed or removed groups, including changes of members; and ids that were removed from another group. */
  readonly groupIds: readonly string[];
  /** Where the next query begins; valid for seven days (Graph: delta query overview). */
  readonly link: string;
}

/** Changes of the tenant's groups (Microsoft Graph). Every method @throws {FlowError} Throttled, ConsentMissing. */
export interface GroupChanges {
  /**
   * Notifications about all groups to this address, from now on. Graph calls it at once for the handshake.
   * @throws {FlowError} WebhookRefused when the address does not answer as it should
   */
  subscribe(options: {
    readonly notificationUrl: string;
    readonly clientState: string;
    readonly expiresAt: string;
  }): Promise<GroupSubscription>;
  /** Null if the subscription no longer exists. */
  find(id: string): Promise<GroupSubscription | null>;
  /** False if the subscription no longer exists. */
  renew(id: string, expiresAt: string): Promise<boolean>;
  /** What changed since the link was given; with null: nothing, and a current link. Null if the link is too old. */
  changedSince(link: string | null): Promise<ChangedGroups | null>;
}
