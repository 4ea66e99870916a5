/** What a sealed task token belongs to: it cannot be opened for another task or kind. */
export interface SealContext {
  readonly taskId: string;
  readonly kind: string;
}

/** Keeps task tokens unreadable for readers of the table. */
export interface TokenSealer {
  seal(taskToken: string, context: SealContext): Promise<string>;
  /** @throws {FlowError} TaskTokenUnreadable if it was changed, moved, or sealed with a key that is gone */
  unseal(sealed: string, context: SealContext): Promise<string>;
}
