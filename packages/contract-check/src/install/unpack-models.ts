import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Model } from "../aws/model.ts";

/**
 * Writes the models that an unpacked botocore has of the services, each as `<to>/<service>.json`. The folder appears only when it
 * is complete.
 * @param from the package: the folder with `data/<service>/<API version>/service-2.json.gz`
 * @throws {Error} when a service is not there
 */
export function unpackModels(from: string, to: string, services: readonly string[]): void {
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const service of services) {
    const versions = `${from}/data/${service}`;
    // API versions are dates.
    const latest = readdirSync(versions).toSorted().at(-1);
    if (latest === undefined) throw new Error(`botocore has no model of ${service}.`);
    const text = gunzipSync(readFileSync(`${versions}/${latest}/service-2.json.gz`)).toString();
    const { operations } = JSON.parse(text) as Partial<Model>;
    if (operations === undefined) throw new Error(`botocore's model of ${service} has no operations.`);
    writeFileSync(`${unfinished}/${service}.json`, text);
  }
  rmSync(to, { recursive: true, force: true });
  renameSync(unfinished, to);
}
