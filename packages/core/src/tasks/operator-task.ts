/** What a task's answer is checked against; the kind is the discriminator. */
export type TaskSubject =
  | { readonly kind: "service-provider-metadata"; readonly region: string; readonly identityStoreId: string }
  | {
      readonly kind: "identity-source-change";
      readonly identityStoreId: string;
      /** Key of Entra's federation metadata in the object store: the file to upload. */
      readonly metadataKey: string;
      readonly thumbprint: string;
      readonly usersLosingSignIn: number;
    }
  | {
      readonly kind: "scim-credentials";
      readonly region: string;
      readonly identityStoreId: string;
      readonly secretName: string;
    }
  | { readonly kind: "test-sign-in"; readonly portalUrl: string; readonly examples: readonly string[] }
  | {
      readonly kind: "plan-approval";
      readonly planKey: string;
      readonly planHash: string;
      readonly reasons: readonly string[];
    };

export type TaskKind = TaskSubject["kind"];

/** A step that only a person can do, because AWS has no API for it, or must do, because it is an approval. */
export interface OperatorTask {
  /** Opaque; what people see. */
  readonly id: string;
  readonly subject: TaskSubject;
  readonly title: string;
  /** ISO times. */
  readonly openedAt: string;
  readonly deadline: string;
  readonly status: "open" | "answered" | "declined" | "expired";
}

/** A task as it is stored. The token completes the waiting state: it never leaves the backend. */
export interface StoredTask extends OperatorTask {
  readonly taskToken: string;
}
