import { describe, expect, it } from "vitest";
import { contractFolders, WITHOUT_CONTRACTS } from "../places.ts";
import { judge } from "../../test-support/judge.ts";

const GUID = "5e000000-0000-4000-8000-000000000001";
const get = (path: string, headers = {}) => ({ method: "GET", path: `/v1.0${path}`, headers });
const refusal = (body: object, status = 400) => Response.json(body, { status });

describe.skipIf(contractFolders.graph === null)(
  `Microsoft Graph requests (${WITHOUT_CONTRACTS.graph})`,
  () => {
    const assign = { principalId: GUID, resourceId: GUID, appRoleId: GUID };
    const post = (body: unknown) => ({ path: `/v1.0/servicePrincipals/${GUID}/appRoleAssignedTo`, body });
    const made = Response.json({ id: "a", ...assign }, { status: 201 });

    it("finds literal segments before ids, and casts", async () => {
      const page = {
        value: [],
        "@odata.deltaLink": "https://graph.microsoft.com/v1.0/groups/delta?$deltatoken=x",
      };
      expect(await judge("graph", get("/groups/delta"), { answer: page })).toEqual([]);
      expect(await judge("graph", get("/groups/delta"), { answer: { value: [] } })).toEqual([
        "GET /groups/delta response $: must have required property '@odata.nextLink'",
        "GET /groups/delta response $: must have required property '@odata.deltaLink'",
      ]);
      const cast = get(`/groups/${GUID}/transitiveMembers/microsoft.graph.user?$select=id`);
      expect(await judge("graph", cast, { answer: { value: [{ id: GUID }] } })).toEqual([]);
    });

    it.each([
      [
        "an option that the operation has not",
        "/groups/delta?$top=5",
        "query:$top: the operation has no such option",
      ],
      ["an option of the wrong type", "/users?$top=many", "query:$top: must be an integer"],
      ["a misspelled option", "/users?$filtre=x", "query:$filtre: the operation has no such option"],
    ])("finds %s", async (_, path, problem) => {
      const answer = { value: [], "@odata.deltaLink": "x" };
      const [first] = await judge("graph", get(path), { answer });
      expect(first).toContain(`request ${problem}`);
    });

    it("finds a header that is required and one that is wrong", async () => {
      const path = `/groups/${GUID}/transitiveMembers/$count`;
      const problem = `GET /groups/{id}/transitiveMembers/$count request header:ConsistencyLevel`;
      expect(await judge("graph", get(path), { answer: "7" })).toEqual([`${problem}: is required`]);
      expect(await judge("graph", get(path, { ConsistencyLevel: "strong" }), { answer: "7" })).toEqual([
        `${problem}: must be one of eventual`,
      ]);
    });

    it.each([
      [
        "a member that is not a GUID",
        { ...assign, principalId: "ada" },
        '$.principalId: must match format "uuid"',
      ],
      ["an unknown property", { ...assign, colour: "red" }, "$: has no member 'colour'"],
      [
        "a missing property",
        { principalId: GUID, resourceId: GUID },
        "$: must have required property 'appRoleId'",
      ],
    ])("finds %s in a body", async (_, body, problem) => {
      expect(await judge("graph", post(body), { answer: made.clone() })).toEqual([
        `POST /servicePrincipals/{id}/appRoleAssignedTo request ${problem}`,
      ]);
    });

    it("finds a path that the contract does not know, and a method", async () => {
      expect(await judge("graph", get("/me/drive"))).toEqual([
        "GET /v1.0/me/drive request $: the contract has no such operation",
      ]);
      const remove = { method: "DELETE", path: "/v1.0/users" };
      expect(await judge("graph", remove)).toEqual([
        "DELETE /v1.0/users request $: the contract has no such operation",
      ]);
    });

    it("looks into a batch", async () => {
      const requests = [{ id: "1", method: "GET", url: "/users?$top=many" }];
      const responses = [{ id: "1", status: 200, body: { value: [{ colour: "red" }] } }];
      expect(
        await judge("graph", { path: "/v1.0/$batch", body: { requests } }, { answer: { responses } }),
      ).toEqual([
        "POST /$batch request $.requests[0] GET /users query:$top: must be an integer",
        "POST /$batch response $.responses[0] GET /users $.value[0]: has no member 'colour'",
      ]);
    });
  },
);

describe.skipIf(contractFolders.graph === null)(
  `Microsoft Graph answers (${WITHOUT_CONTRACTS.graph})`,
  () => {
    const one = get(`/users/${GUID}`);

    it.each([
      ["an unknown property", { id: GUID, colour: "red" }, "$: has no member 'colour'"],
      [
        "a time that is none",
        { createdDateTime: "yesterday" },
        '$.createdDateTime: must match format "date-time"',
      ],
      ["a success of another kind", Response.json({}, { status: 201 }), "status: is 201, not 200"],
      [
        "an error out of its envelope",
        refusal({ code: "no", message: "no" }),
        "$: must have required property 'error'",
      ],
      [
        "an error without code",
        refusal({ error: { message: "no" } }),
        "$.error: must have required property 'code'",
      ],
      ["what is not JSON", new Response("<html>", { status: 503 }), "$: is not JSON"],
    ])("finds %s", async (_, answer, problem) => {
      expect(await judge("graph", one, { answer })).toEqual([`GET /users/{id} response ${problem}`]);
    });

    it("finds a body where there is none", async () => {
      const start = { path: `/v1.0/servicePrincipals/${GUID}/synchronization/jobs/j/start` };
      expect(await judge("graph", start, { answer: new Response(null, { status: 204 }) })).toEqual([]);
      expect(await judge("graph", start, { answer: Response.json({}) })).toEqual([
        "POST /servicePrincipals/{id}/synchronization/jobs/{jobId}/start response status: is 200, not 204",
      ]);
    });

    it("takes extension properties and annotations", async () => {
      const answer = { id: GUID, "@odata.context": "x", extension_0123456789abcdef0123456789abcdef_badge: 7 };
      expect(await judge("graph", one, { answer })).toEqual([]);
    });
  },
);
