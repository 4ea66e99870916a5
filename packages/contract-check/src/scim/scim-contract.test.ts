import { describe, expect, it } from "vitest";
import { contractFolders, WITHOUT_CONTRACTS } from "../places.ts";
import { judge } from "../../test-support/judge.ts";

const BASE = "/11111111111-2222/scim/v2";
const AUTH = { authorization: "Bearer token" };
const META = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], meta: { resourceType: "User" } };
const ADA = { userName: "ada", displayName: "Ada", name: { givenName: "Ada", familyName: "Lovelace" } };
const MEMBERS = [{ value: "9067729b3d-94f1e0b3" }];

const get = (path: string) => ({ method: "GET", path: `${BASE}${path}`, headers: AUTH });
const listed = { schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], Resources: [] };
const none = new Response(null, { status: 204 });

/** Judged as in a simulator's test that accepts the request: what the simulated Entra sends is not the product's. */
async function acceptedProblems(
  method: string,
  path: string,
  body: unknown,
  answer: Response,
): Promise<string[]> {
  const asked = { method, path: `${BASE}${path}`, headers: AUTH, body };
  const found = await judge("scim", asked, { answer, mode: "simulator" });
  return found.map((line) => line.replace("accepted what the contract refuses: ", ""));
}

function patched(): Response {
  return Response.json({ ...ADA, ...META, id: "u" });
}

function patchUser(...Operations: object[]): Promise<string[]> {
  return acceptedProblems("PATCH", "/Users/u", { Operations }, patched());
}

describe.skipIf(contractFolders.scim === null)(`SCIM requests (${WITHOUT_CONTRACTS.scim})`, () => {
  const made = Response.json({ ...ADA, ...META, id: "u" }, { status: 201 });

  it.each([
    [
      "a required attribute that is missing",
      { displayName: undefined },
      "$: must have required property 'displayName'",
    ],
    ["one deep inside", { name: { givenName: "Ada" } }, "$.name: must have required property 'familyName'"],
    [
      "a second e-mail address",
      { emails: [{ value: "a" }, { value: "b" }] },
      "$.emails: must NOT have more than 1 items",
    ],
    ["an unsupported attribute", { ims: [{ value: "a" }] }, "$: has no member 'ims'"],
    ["groups, which are read only", { groups: [{ value: "a" }] }, "$: has no member 'groups'"],
    ["a text for a boolean", { active: "yes" }, "$.active: must be boolean"],
  ])("finds %s in a new user", async (_, changes, problem) => {
    const body = { ...ADA, ...changes };
    expect(await acceptedProblems("POST", "/Users", body, made.clone())).toEqual([
      `CreateUser request ${problem}`,
    ]);
  });

  it.each([
    ["no path", { op: "add", value: MEMBERS }, "$.Operations[0].path: is required"],
    [
      "an unknown op",
      { op: "move", path: "members" },
      "$.Operations[0].op: must be one of add, replace, remove",
    ],
    [
      "all members replaced",
      { op: "replace", path: "members", value: MEMBERS },
      "$.Operations[0].op: all members cannot be replaced",
    ],
    [
      "an empty list",
      { op: "remove", path: "members", value: [] },
      "$.Operations[0].value: must be a list of members that is not empty",
    ],
    [
      "an attribute that cannot be patched",
      { op: "add", path: "colour", value: "red" },
      "$.Operations[0].path: colour is not patchable",
    ],
    [
      "101 members",
      { op: "add", path: "members", value: Array(101).fill(MEMBERS[0]) },
      "$.Operations: has more than 100 changes of members",
    ],
  ])("finds %s in a PATCH of a group", async (_, operation, problem) => {
    const body = { Operations: [operation] };
    expect(await acceptedProblems("PATCH", "/Groups/g", body, none)).toEqual([
      `PatchGroup request ${problem}`,
    ]);
  });

  it("knows what of a user can be patched, removed and repeated", async () => {
    expect(await patchUser({ op: "Replace", path: 'emails[type eq "work"].value', value: "a@b" })).toEqual(
      [],
    );
    expect(await patchUser({ op: "replace", value: { active: false, "name.givenName": "A" } })).toEqual([]);
    expect(await patchUser({ op: "remove", path: "userName" })).toEqual([
      "PatchUser request $.Operations[0].path: userName cannot be removed",
    ]);
    const twice = { op: "replace", path: "active", value: true };
    expect(await patchUser(twice, twice)).toEqual([
      "PatchUser request $.Operations: active may be changed once in a request",
    ]);
  });

  it.each([
    [
      "a filter by another attribute",
      '/Users?filter=displayName eq "Ada"',
      "ListUsers request query:filter: displayName is no documented filter",
    ],
    [
      "another operator",
      '/Users?filter=userName co "a"',
      'ListUsers request query:filter: must be <attribute> eq "<value>" [and …]',
    ],
    [
      "an unsupported parameter",
      "/Groups?startIndex=2",
      "ListGroups request query:startIndex: the operation has no such parameter",
    ],
    ["a count out of range", "/Groups?count=500", "ListGroups request query:count: must be 1 to 100"],
    ["an endpoint that AWS does not have", "/Me", "GET /Me request $: the contract has no such operation"],
  ])("finds %s", async (_, path, problem) => {
    expect(await judge("scim", get(path), { answer: listed })).toEqual([problem]);
  });

  it("lets a simulator ignore what no documentation says is refused", async () => {
    expect(await judge("scim", get("/Groups?startIndex=2"), { answer: listed, mode: "simulator" })).toEqual(
      [],
    );
  });

  it("finds a request without a token", async () => {
    expect(await judge("scim", { ...get("/Users"), headers: {} }, { answer: listed })).toEqual([
      "ListUsers request header:Authorization: must be a bearer token",
    ]);
  });
});

describe.skipIf(contractFolders.scim === null)(`SCIM answers (${WITHOUT_CONTRACTS.scim})`, () => {
  const group = { id: "g", displayName: "Admins", ...META };

  it.each([
    [
      "members, which AWS never shows",
      { ...group, members: MEMBERS },
      "$.members: must NOT have more than 0 items",
    ],
    ["an unknown attribute", { ...group, colour: "red" }, "$: has no member 'colour'"],
    ["a missing id", { ...group, id: undefined }, "$: must have required property 'id'"],
    ["a success of another kind", Response.json(group, { status: 201 }), "status: is 201, not 200"],
    [
      "an error that the operation does not have",
      Response.json({}, { status: 409 }),
      "status: the operation declares no error with status 409",
    ],
    [
      "an error whose status is a number",
      Response.json({ status: 404 }, { status: 404 }),
      "$.status: must be string",
    ],
  ])("finds %s", async (_, answer, problem) => {
    expect(await judge("scim", get("/Groups/g"), { answer })).toEqual([`GetGroup response ${problem}`]);
  });

  it("finds a body where there is none", async () => {
    const remove = { ...get("/Groups/g"), method: "DELETE" };
    expect(await judge("scim", remove, { answer: none })).toEqual([]);
    expect(await judge("scim", remove, { answer: Response.json(group) })).toEqual([
      "DeleteGroup response status: is 200, not 204",
    ]);
  });
});
