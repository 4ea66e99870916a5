/** What a caller may do: read everything; start flows and answer tasks; approve plans. */
export const ROLES = ["reader", "operator", "approver"] as const;
export type Role = (typeof ROLES)[number];

/** The caller, according to the authorizer in front of the API. */
export interface Caller {
  /** ARN of the caller in AWS, or object id of a user or application of Entra. */
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
}
