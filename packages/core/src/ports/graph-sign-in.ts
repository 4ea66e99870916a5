/** A secret or certificate of the app registration. */
export interface RegistrationCredential {
  readonly kind: "client secret" | "certificate";
  /** Its description in Entra, or its key id. */
  readonly name: string;
  /** ISO time. */
  readonly expiresAt: string;
}

/** What Entra compares an assertion with, exactly (federatedIdentityCredential). */
export interface FederatedTrust {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** Landbridge's own app registration, as it stands in Entra. */
export interface AppRegistrationState {
  readonly displayName: string;
  readonly credentials: readonly RegistrationCredential[];
  readonly federatedTrusts: readonly FederatedTrust[];
}

/** How Landbridge itself signs in to Microsoft Graph. */
export interface GraphSignIn {
  /** `federated`: with assertions of AWS STS, no stored secret at all. */
  readonly method: "federated" | "client-secret";
  /** What of the Graph permissions that Landbridge needs the granted ones leave unmet, each in a sentence. */
  missingPermissions(granted: readonly string[]): readonly string[];
  /** @throws {FlowError} ConsentMissing, NotPropagatedYet when Entra refuses the sign-in, Throttled, IncompleteRead */
  readRegistration(): Promise<AppRegistrationState>;
  /**
   * What this process presents to Entra: claims of a fresh assertion. Other processes have other roles, thus subjects.
   * @throws {FlowError} AccessDenied when the account or the role may not have one
   */
  readAssertion(): Promise<FederatedTrust>;
}
