export interface GroupSubscription {
  readonly id: string;
  /** ISO time. */
  readonly expiresAt: string;
}

export interface ChangedGroups {
  /** Created, changed, or removed, also in their members; and what was taken out of another group. */
  readonly groupIds: readonly string[];
  /** Where the next look begins; good for seven days (Graph: delta query overview). */
  readonly link: string;
}

/** What changes about the tenant's groups (Microsoft Graph). Every method @throws {FlowError} Throttled, ConsentMissing. */
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
  /** Null when there is no such subscription any more. */
  find(id: string): Promise<GroupSubscription | null>;
  /** False when there is no such subscription any more. */
  renew(id: string, expiresAt: string): Promise<boolean>;
  /** What changed since the link was given; with null: nothing, and the link of now. Null when the link is too old. */
  changedSince(link: string | null): Promise<ChangedGroups | null>;
}
