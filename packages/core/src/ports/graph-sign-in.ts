/** A secret or certificate of the app registration. */
export interface RegistrationCredential {
  readonly kind: "client secret" | "certificate";
  /** Its description in Entra, or its key id. */
  readonly name: string;
  /** ISO time. */
  readonly expiresAt: string;
}

/** The values that Entra compares exactly with those of an assertion (federatedIdentityCredential). */
export interface FederatedTrust {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** The state of Landbridge's own app registration in Entra. */
export interface AppRegistrationState {
  readonly displayName: string;
  readonly credentials: readonly RegistrationCredential[];
  readonly federatedTrusts: readonly FederatedTrust[];
}

/** How Landbridge itself signs in to Microsoft Graph. */
export interface GraphSignIn {
  /** `federated`: with assertions of AWS STS, no stored secret at all. */
  readonly method: "federated" | "client-secret";
  /** The required Graph permissions that the granted ones do not cover, one sentence each. */
  missingPermissions(granted: readonly string[]): readonly string[];
  /** @throws {FlowError} ConsentMissing, NotPropagatedYet when Entra refuses the sign-in, Throttled, IncompleteRead */
  readRegistration(): Promise<AppRegistrationState>;
  /**
   * The claims of a new assertion of this process. Other processes have other roles, and so other subjects.
   * @throws {FlowError} AccessDenied when the account or the role may not have one
   */
  readAssertion(): Promise<FederatedTrust>;
}
