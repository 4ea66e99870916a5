import { describe, expect, it } from "vitest";
import { CYCLE, mails, person, startedJob } from "../../../test-support/started-job.ts";

interface Mapping {
  targetAttributeName: string;
  matchingPriority: number;
  flowType: string;
  defaultValue: string | null;
  source: { type: string; name: string; expression: string; parameters: unknown[] };
}

interface Schema {
  synchronizationRules: {
    id: string;
    objectMappings: {
      enabled: boolean;
      flowTypes: string;
      scope: unknown;
      sourceObjectName: string;
      attributeMappings: Mapping[];
    }[];
  }[];
}

const guest = { ...person("Gus"), userPrincipalName: "gus_fabrikam.com#EXT#@contoso.com", userType: "Guest" };
const people = [person("Ada"), guest];
const file = { users: people, groups: [{ name: "Ops", users: mails(people) }] };

async function job() {
  const started = await startedJob(file, { names: ["Ops"] });
  const { call, clock, path, scim } = started;
  await clock.advance(10_000);
  const get = async () => (await call("GET", `${path}/schema`)).body as Schema;
  /** Changes the object mapping of a type and saves the schema. */
  const change = async (
    type: string,
    edit: (mapping: Schema["synchronizationRules"][0]["objectMappings"][0]) => void,
  ) => {
    const schema = await get();
    const mapping = schema.synchronizationRules[0]?.objectMappings.find(
      (one) => one.sourceObjectName === type,
    );
    if (mapping) edit(mapping);
    return call("PUT", `${path}/schema`, { body: schema });
  };
  const inAws = (name: string) => [...scim.users.values()].find(({ displayName }) => displayName === name);
  return { ...started, get, change, inAws };
}

function flow(mapping: { attributeMappings: Mapping[] }, target: string): Mapping {
  const found = mapping.attributeMappings.find(({ targetAttributeName }) => targetAttributeName === target);
  if (!found) throw new Error(`Nothing is mapped to ${target}`);
  return found;
}

describe("the schema of a job", () => {
  it("matches users by userName and groups by displayName, and maps object ids to external ids", async () => {
    const { get } = await job();
    const [rule] = (await get()).synchronizationRules;
    for (const [type, matching] of [
      ["User", "userName"],
      ["Group", "displayName"],
    ]) {
      const mapping = rule?.objectMappings.find(({ sourceObjectName }) => sourceObjectName === type);
      const matched = mapping?.attributeMappings.filter(({ matchingPriority }) => matchingPriority > 0);
      expect(matched?.map(({ targetAttributeName }) => targetAttributeName)).toEqual([matching]);
      expect(flow(mapping ?? { attributeMappings: [] }, "externalId").source.name).toBe("objectId");
    }
  });

  it("is kept as it was put, under the same rule id", async () => {
    const { get, change } = await job();
    const before = await get();
    const put = await change("User", (mapping) => {
      flow(mapping, "displayName").defaultValue = "Nobody";
    });
    expect(put.status).toBe(204);
    const [rule] = (await get()).synchronizationRules;
    expect(rule?.id).toBe(before.synchronizationRules[0]?.id);
    for (const mapping of before.synchronizationRules[0]?.objectMappings ?? []) {
      if (mapping.sourceObjectName === "User") flow(mapping, "displayName").defaultValue = "Nobody";
    }
    expect(await get()).toEqual(before);
  });

  it("takes effect with an initial cycle", async () => {
    const { change, clock, inAws, status, user } = await job();
    await change("User", (mapping) => {
      flow(mapping, "externalId").source.name = "userPrincipalName";
    });
    expect(await status()).toMatchObject({ code: "NotRun" });
    await clock.advance(10_000);
    expect(inAws("Ada")).toMatchObject({ externalId: user("Ada").userPrincipalName });
  });

  it("takes the mark of guests off their names, unless the original name is mapped", async () => {
    const { change, clock, inAws } = await job();
    expect(inAws("Gus")).toMatchObject({ userName: "gus@fabrikam.com" });
    await change("User", (mapping) => {
      flow(mapping, "userName").source.name = "originalUserPrincipalName";
    });
    await clock.advance(10_000);
    expect(inAws("Gus")).toMatchObject({ userName: guest.userPrincipalName });
  });

  it("decides by which attribute objects are matched", async () => {
    const { change, clock, scim, restart, user } = await job();
    const ada = [...scim.users.values()].find(({ displayName }) => displayName === "Ada");
    Object.assign(ada ?? {}, { userName: "old-name@contoso.com", externalId: user("Ada").id });
    await change("User", (mapping) => {
      flow(mapping, "userName").matchingPriority = 0;
      flow(mapping, "externalId").matchingPriority = 1;
    });
    await restart("Full");
    await clock.advance(10_000);
    expect(scim.users.size).toBe(2);
    expect(ada).toMatchObject({ userName: "ada@contoso.com" });
  });

  it("may map constants, fill gaps, and write only on creation", async () => {
    const { change, clock, entra, group, inAws, user } = await job();
    await change("User", (mapping) => {
      const title = structuredClone(flow(mapping, "displayName"));
      title.targetAttributeName = "title";
      title.source = { type: "Constant", name: "Engineer", expression: "Engineer", parameters: [] };
      mapping.attributeMappings.push(title);
      flow(mapping, "name.familyName").defaultValue = "None";
      flow(mapping, "name.givenName").flowType = "ObjectAddOnly";
    });
    const cleo = entra.directory.addUser({ ...person("Cleo", null) });
    group("Ops").userIds.add(cleo.id);
    user("Ada").givenName = "Augusta";
    await clock.advance(CYCLE);
    expect(inAws("Cleo")).toMatchObject({
      title: "Engineer",
      name: { givenName: "Cleo", familyName: "None" },
    });
    expect(inAws("Ada")).toMatchObject({ title: "Engineer", name: { givenName: "Ada" } });
  });

  it("may leave out groups, memberships and actions", async () => {
    const { change, clock, group, user, writes } = await job();
    writes();
    await change("Group", (mapping) => {
      mapping.attributeMappings = mapping.attributeMappings.filter(
        (one) => one.targetAttributeName !== "members",
      );
    });
    await change("User", (mapping) => {
      mapping.flowTypes = "Add";
    });
    group("Ops").userIds.delete(user("Ada").id);
    user("Gus").displayName = "Gustav";
    await clock.advance(CYCLE);
    expect(writes()).toEqual([]);
    await change("Group", (mapping) => {
      mapping.enabled = false;
    });
    group("Ops").displayName = "Operations";
    await clock.advance(CYCLE);
    expect(writes()).toEqual([]);
  });

  it.each([
    [
      "a function",
      (one: Mapping) => (one.source = { ...one.source, type: "Function", expression: "Trim([x])" }),
    ],
    ["an unknown source", (one: Mapping) => (one.source.name = "extensionAttribute7")],
    ["an unknown target", (one: Mapping) => (one.targetAttributeName = "x509Certificates")],
    ["an unknown flow", (one: Mapping) => (one.flowType = "ValueAddOnly")],
  ])("is refused as not imitated with %s", async (_, edit) => {
    const { change, get } = await job();
    const before = await get();
    const put = await change("User", (mapping) => edit(flow(mapping, "displayName")));
    expect(put).toMatchObject({
      status: 501,
      body: { error: { code: "NotImplemented", message: expect.stringContaining("coverage.md") } },
    });
    expect(await get()).toEqual(before);
  });

  it("is refused with scoping filters, another rule and no matching attribute", async () => {
    const { change, call, get, path } = await job();
    const scoped = await change("User", (mapping) => (mapping.scope = { groups: [] }));
    expect(scoped.status).toBe(501);
    const unmatched = await change("User", (mapping) => (flow(mapping, "userName").matchingPriority = 0));
    expect(unmatched.status).toBe(400);
    const schema = await get();
    const [rule] = schema.synchronizationRules;
    const other = { ...schema, synchronizationRules: [{ ...rule, id: "other" }] };
    expect((await call("PUT", `${path}/schema`, { body: other })).status).toBe(400);
  });
});
