import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LAB, PAYMENTS } from "../../test-support/sample-world.ts";
import { checkFresh, checkInstance } from "./check-plan-file.ts";
import { planAccess } from "./plan-access.ts";
import { planHash } from "./plan-hash.ts";
import { readPlanFile, writePlanFile } from "./plan-file.ts";
import { anInstance, bound, planInput, stored, wanted } from "../../test-support/sample-plan.ts";

const plan = planAccess(
  planInput({ bound: bound([wanted(LAB, "ReadOnly", 1), wanted(PAYMENTS, "Admin", 2)]) }),
);
const file = { policy: { file: "access.yaml", text: "version: 1\n" }, plan };

/** A file whose hash is right. */
function signed(contents: object): string {
  const hash = createHash("sha256").update(JSON.stringify(contents)).digest("hex");
  return JSON.stringify({ ...contents, hash });
}

describe("a plan file", () => {
  it("reads back as it was written, however it is laid out", () => {
    const text = writePlanFile(file);
    expect(readPlanFile(text, "plan.json")).toEqual(file);
    expect(readPlanFile(JSON.stringify(JSON.parse(text)), "plan.json")).toEqual(file);
    expect(readPlanFile(writePlanFile({ plan, policy: null }), "plan.json").policy).toBeNull();
  });

  it("is refused when anything in it was edited", () => {
    const text = writePlanFile(file);
    const values = [...text.matchAll(/: ("(?:[^"\\]|\\.)*"|\d+)/g)].filter(
      ([whole]) => !whole.includes("landbridge"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...values), ({ index, 1: value = "" }) => {
        const other = value.startsWith('"') ? '"something else"' : String(Number(value) + 1);
        const edited = `${text.slice(0, index)}: ${other}${text.slice(index + 2 + value.length)}`;
        expect(() => readPlanFile(edited, "plan.json")).toThrow(/edit|not as it was written|version/i);
      }),
    );
    expect(() => readPlanFile(text.replace('"create"', '"delete"'), "plan.json")).toThrow(
      expect.objectContaining({ name: "PlanFileEdited" }),
    );
  });

  it.each([
    ["no JSON", "Terraform used the selected providers", "PlanFileInvalid"],
    ["something else", '{"version":4}', "PlanFileInvalid"],
    [
      "another version",
      writePlanFile(file).replace('"version": 2', '"version": 3'),
      "PlanFileUnknownVersion",
    ],
  ])("is refused by a name of its own when it is %s", (_, text, name) => {
    expect(() => readPlanFile(text, "plan.json")).toThrow(expect.objectContaining({ name }));
  });

  it("is the same plan afterwards, by its hash", () => {
    expect(planHash(readPlanFile(writePlanFile(file), "plan.json").plan)).toBe(planHash(plan));
  });

  it("of version 1, whose plan has no roles to provision, is refused by name", () => {
    const { provisioning: _, ...former } = plan;
    const text = signed({ format: "landbridge-plan", version: 1, policy: null, plan: former });
    expect(() => readPlanFile(text, "plan.json")).toThrow(
      expect.objectContaining({
        name: "PlanFileUnknownVersion",
        message: expect.stringContaining("version 1"),
      }),
    );
  });

  it.each(Object.keys(plan))("is refused with the field's name when the plan has no %s", (field) => {
    const lacking = { ...plan, [field]: undefined };
    const text = signed({ format: "landbridge-plan", version: 2, policy: null, plan: lacking });
    expect(() => readPlanFile(text, "plan.json")).toThrow(
      expect.objectContaining({ name: "PlanFileInvalid", message: expect.stringContaining(`plan.${field}`) }),
    );
  });

  it("is refused for another instance", () => {
    expect(() => checkInstance(plan, "arn:aws:sso:::instance/ssoins-9999")).toThrow(
      expect.objectContaining({ name: "PlanForAnotherInstance" }),
    );
    expect(() => checkInstance(plan, plan.instanceArn)).not.toThrow();
  });
});

describe("a plan that the world has overtaken", () => {
  it("is refused, and says what is no longer to be done and what is new", () => {
    const now = planAccess(
      planInput({
        bound: bound([wanted(LAB, "ReadOnly", 1), wanted(PAYMENTS, "Admin", 2)]),
        instance: anInstance([
          [PAYMENTS, "Admin", 2],
          [PAYMENTS, "ReadOnly", 3],
        ]),
      }),
    );
    expect(() => checkFresh(plan, now)).toThrow(
      expect.objectContaining({
        name: "PlanStale",
        message: [
          "The situation has changed since the plan was made (2026-11-03T08:00:00.000Z); the plan would now be different:",
          "  no longer: create Admin for Group 2 in Payments (222222222222)",
          "  new:       delete ReadOnly for Group 3 in Payments (222222222222)",
        ].join("\n"),
      }),
    );
  });

  it("is not one that was made at another time, nor one whose principals have arrived", () => {
    const desired = bound([wanted(LAB, "ReadOnly", 1)]);
    const before = planAccess(planInput({ bound: desired, instance: { ...anInstance(), principals: [] } }));
    const later = { bound: desired, instance: { ...anInstance(), principals: [stored(1)] } };
    const after = planAccess(planInput({ ...later, now: "2026-11-04T08:00:00.000Z" }));
    expect(planHash(after)).toBe(planHash(before));
    expect(() => checkFresh(before, after)).not.toThrow();
  });
});
