import { describe, expect, it } from "vitest";
import { ContractCheck } from "./contract-check.ts";
import { contractFolders, WITHOUT_CONTRACTS } from "./places.ts";
import { contracts } from "./shared-check.ts";

const ADDRESS = "http://127.0.0.1/";

function ask(): Request {
  const headers = { "x-amz-target": "SWBExternalService.ListInstances" };
  return new Request(ADDRESS, { method: "POST", headers, body: '{"Colour":1}' });
}

describe.skipIf(contractFolders.aws === null)(
  `the layer of a contract check (${WITHOUT_CONTRACTS.aws})`,
  () => {
    it("hands on request and answer as they are", async () => {
      const request = ask();
      const answer = Response.json({ Instances: [] });
      let seen: Request | undefined;
      const layered = new ContractCheck(contracts).layer("client")("sso-admin", {
        fetch(given) {
          seen = given;
          return answer;
        },
      });
      expect(await layered.fetch(request)).toBe(answer);
      expect(seen).toBe(request);
      expect(await request.text()).toBe('{"Colour":1}');
      expect(await answer.json()).toEqual({ Instances: [] });
    });

    it("counts calls by service, and gives each violation once", async () => {
      const check = new ContractCheck(contracts);
      const layered = check.layer("client")("sso-admin", { fetch: () => Response.json({}) });
      await layered.fetch(ask());
      await layered.fetch(ask());
      await check.settle();
      expect(check.takeViolations()).toEqual([
        expect.objectContaining({
          service: "sso-admin",
          operation: "ListInstances",
          direction: "request",
          path: "$",
        }),
        expect.objectContaining({ direction: "request" }),
      ]);
      expect(check.takeViolations()).toEqual([]);
      expect(check.takeCounts()).toEqual({ "sso-admin": 2 });
      expect(check.takeCounts()).toEqual({});
    });

    it("judges what was asked when the connection breaks, and breaks it for the client too", async () => {
      const check = new ContractCheck(contracts);
      const broken = new TypeError("fetch failed");
      const layered = check.layer("client")("sso-admin", {
        fetch() {
          throw broken;
        },
      });
      await expect(layered.fetch(ask())).rejects.toBe(broken);
      await check.settle();
      expect(check.takeViolations()).toHaveLength(1);
    });

    it("leaves services alone that have no contract", () => {
      const login = { fetch: () => new Response("") };
      expect(new ContractCheck(contracts).layer("client")("login", login)).toBe(login);
    });
  },
);
