import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseRequirement } from "../aws/botocore.ts";
import { readAwsModel } from "../aws/aws-contract.ts";
import { unpackModels } from "./unpack-models.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(`${tmpdir()}/landbridge-models-`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function putModel(service: string, version: string, model: object): void {
  const place = `${folder}/botocore/data/${service}/${version}`;
  mkdirSync(place, { recursive: true });
  writeFileSync(`${place}/service-2.json.gz`, gzipSync(JSON.stringify(model)));
}

const modelWith = (...names: string[]) => ({
  metadata: { protocol: "json", apiVersion: "2020-01-01" },
  operations: Object.fromEntries(names.map((name) => [name, {}])),
  shapes: {},
});

function unpack(...services: string[]): void {
  unpackModels(`${folder}/botocore`, `${folder}/models`, services);
}

describe("models out of botocore", () => {
  it("are those of the latest API version", () => {
    putModel("events", "2014-02-03", modelWith("Old"));
    putModel("events", "2015-10-07", modelWith("PutEvents"));
    unpack("events");
    expect(Object.keys(readAwsModel("events", `${folder}/models`).operations)).toEqual(["PutEvents"]);
  });

  it("have of a large service only the operations that the check looks at", () => {
    putModel("s3", "2006-03-01", modelWith("GetObject", "SelectObjectContent"));
    unpack("s3");
    expect(Object.keys(readAwsModel("s3", `${folder}/models`).operations)).toEqual(["GetObject"]);
  });

  it("are all there or none is", () => {
    putModel("events", "2015-10-07", modelWith("PutEvents"));
    putModel("sts", "2011-06-15", { html: "not a model" });
    expect(() => unpack("events", "sts")).toThrow("botocore's model of sts has no operations.");
    expect(existsSync(`${folder}/models`)).toBe(false);
    putModel("sts", "2011-06-15", modelWith("GetCallerIdentity"));
    unpack("events", "sts");
    expect(readdirSync(`${folder}/models`)).toEqual(["events.json", "sts.json"]);
  });

  it("come from a version that a checksum pins", () => {
    const pinned = `botocore==1.43.67 --hash=sha256:${"0".repeat(64)}\n`;
    expect(parseRequirement(pinned)).toEqual({ version: "1.43.67" });
    expect(() => parseRequirement("botocore==1.43.67\n")).toThrow("by version and sha256");
    expect(() => parseRequirement(pinned.replace("==1.43.67", ">=1"))).toThrow("by version and sha256");
  });
});
