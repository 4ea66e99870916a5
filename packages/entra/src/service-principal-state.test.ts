import { describe, expect, it } from "vitest";
import { graphObject } from "./answer.ts";
import { toServicePrincipalState } from "./service-principal-state.ts";

const user = { id: "role-user", displayName: "User", isEnabled: true, allowedMemberTypes: ["User"] };
const msiam = { ...user, id: "role-msiam", displayName: "msiam_access" };
/** Identifier and thumbprint of the example on Microsoft's addTokenSigningCertificate page. */
const signing = {
  customKeyIdentifier: "p9PEYmuKhP2oaMzGfSdNQC/9ChA=",
  startDateTime: "2026-01-25T00:00:00Z",
  endDateTime: "2029-01-25T00:00:00Z",
};
const THUMBPRINT = "A7D3C4626B8A84FDA868CCC67D274D402FFD0A10";

function read(servicePrincipal: object) {
  const complete = {
    preferredSingleSignOnMode: null,
    notificationEmailAddresses: [],
    preferredTokenSigningKeyThumbprint: null,
    keyCredentials: [],
    appRoles: [user, msiam],
    ...servicePrincipal,
  };
  return toServicePrincipalState(
    graphObject(
      { identifierUris: ["https://id"], web: { redirectUris: ["https://acs"] } },
      "Get application",
    ),
    graphObject(complete, "Get servicePrincipal"),
  );
}

describe("the state of the application", () => {
  it("of a new one is empty", () => {
    expect(read({})).toEqual({
      singleSignOnMode: null,
      identifierUris: ["https://id"],
      replyUrls: ["https://acs"],
      notificationEmailAddresses: [],
      activeThumbprint: null,
      certificates: [],
      userRoleId: "role-user",
    });
  });

  it("shows each signing certificate once, by its thumbprint", () => {
    const state = read({
      preferredTokenSigningKeyThumbprint: THUMBPRINT.toLowerCase(),
      keyCredentials: [
        { ...signing, usage: "Sign" },
        { ...signing, usage: "Verify" },
        { usage: "Verify", customKeyIdentifier: null, endDateTime: "2027-01-01T00:00:00Z" },
      ],
    });
    expect(state.certificates).toEqual([
      { thumbprint: THUMBPRINT, startsAt: "2026-01-25T00:00:00Z", expiresAt: "2029-01-25T00:00:00Z" },
    ]);
    expect(state.activeThumbprint).toBe(THUMBPRINT);
  });

  it("is an incomplete read when Graph leaves out the keys", () => {
    expect(() => read({ keyCredentials: null })).toThrow(/keyCredentials/);
  });
});

describe("the role that principals get", () => {
  const staff = { ...user, id: "role-staff", displayName: "Staff" };

  it.each([
    ["User before any other", [msiam, staff, user], "role-user"],
    ["another one when User is disabled", [msiam, { ...user, isEnabled: false }, staff], "role-staff"],
    [
      "another one when User is for applications",
      [{ ...user, allowedMemberTypes: ["Application"] }, staff],
      "role-staff",
    ],
    ["no role when the application declares none", [], "00000000-0000-0000-0000-000000000000"],
  ])("is %s", (_what, appRoles, id) => {
    expect(read({ appRoles }).userRoleId).toBe(id);
  });

  it("is never msiam_access", () => {
    expect(() => read({ appRoles: [msiam] })).toThrow(/Enable its role User/);
  });
});
