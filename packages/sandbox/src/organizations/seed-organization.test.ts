import { describe, expect, it } from "vitest";
import { Random } from "../kernel/random.ts";
import { OrganizationFile } from "../seed/organization-file.ts";
import { seedOrganization } from "./seed-organization.ts";

const clock = { now: () => 0, sleep: () => Promise.resolve() };

function seed(file: Record<string, unknown>, random = 1) {
  return seedOrganization(OrganizationFile.parse(file), new Random(random), clock);
}

describe("the organization of a seed file", () => {
  it("has the same ids every time for the same seed, and others for another", () => {
    const file = { managementAccount: "Root", accounts: [{ name: "Root" }], units: [{ name: "Lab" }] };
    expect(seed(file)).toEqual(seed(file));
    expect(seed(file, 2).managementAccountId).not.toBe(seed(file).managementAccountId);
  });

  it("keeps ids and e-mail addresses that the file gives", () => {
    const { accounts, managementAccountId } = seed({
      managementAccount: "Root",
      accounts: [{ name: "Root", id: "000000000001", email: "root@contoso.com" }],
    });
    expect(managementAccountId).toBe("000000000001");
    expect(accounts.get("000000000001")?.email).toBe("root@contoso.com");
  });

  it("refuses two accounts of one name, wherever they stand, and names it", () => {
    const file = {
      managementAccount: "Root",
      accounts: [{ name: "Root" }],
      units: [{ name: "Lab", accounts: [{ name: "Root" }] }],
    };
    expect(() => seed(file)).toThrow('two accounts are called "Root"');
  });

  it("refuses two accounts of one id and names it", () => {
    const accounts = [
      { name: "Root", id: "000000000001" },
      { name: "Dev", id: "000000000001" },
    ];
    expect(() => seed({ managementAccount: "Root", accounts })).toThrow("000000000001");
  });

  it("refuses a management account that is not among the accounts and names it", () => {
    expect(() => seed({ managementAccount: "Rot", accounts: [{ name: "Root" }] })).toThrow('"Rot"');
  });

  it("refuses a sixth level of units and says which", () => {
    const nest = (depth: number): Record<string, unknown> => ({
      name: `L${depth}`,
      ...(depth < 6 && { units: [nest(depth + 1)] }),
    });
    const file = { managementAccount: "Root", accounts: [{ name: "Root" }], units: [nest(1)] };
    expect(() => seed(file)).toThrow('"L1/L2/L3/L4/L5/L6"');
  });
});
