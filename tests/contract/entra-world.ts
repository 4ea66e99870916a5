import type { makeEntra } from "@landbridge/entra";
import type { Clock, ScimConnection, ScimProber } from "@landbridge/core";

/** A tenant in some Entra, with an Identity Center with SCIM. Every test gets its own. */
export interface EntraWorld {
  readonly ports: ReturnType<typeof makeEntra>;
  readonly scim: ScimProber;
  readonly clock: Clock;
  readonly tenantId: string;
  /** Object ids by user principal name and by group name, for what {@link PEOPLE} names. */
  readonly idOf: (name: string) => string;
  /** Replaces the application permissions granted; what is signed in already keeps its own. */
  readonly grant: (permissions: readonly string[]) => void;
  /** With a new token. */
  readonly newConnection: () => ScimConnection;
  readonly deleteTokens: () => void;
  /** Contents of the identity store: user names and group names. */
  readonly arrived: () => readonly string[];
}

/** Creates a tenant with Entra ID P1 unless the licence says otherwise. */
export type MakeEntraWorld = (tenant?: { readonly licence: "Free" | "P1" }) => Promise<EntraWorld>;

const CROWD = Array.from({ length: 1005 }, (_, index) => person(`crowd${index}`));

/** Robot lacks a surname, which AWS demands. */
export const PEOPLE = {
  tenant: { name: "Example" },
  users: [person("ada"), person("bo"), { ...person("robot"), surname: null }, ...CROWD],
  groups: [
    { name: "Engineers", users: ["ada@example.com", "robot@example.com"], groups: ["Interns"] },
    { name: "engineers" },
    { name: "Interns", users: ["bo@example.com"] },
    { name: "Twin", description: "one" },
    { name: "Twin", description: "the other" },
    { name: "O'Brien's & co", securityEnabled: false },
    { name: "Crowd", users: CROWD.map(({ userPrincipalName }) => userPrincipalName) },
  ],
};

function person(name: string) {
  return { userPrincipalName: `${name}@example.com`, displayName: name, givenName: name, surname: "Example" };
}
