import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { FlowError, type ObjectStore, type StoredObject } from "@landbridge/core";
import { required } from "./required.ts";
import { isAwsError } from "./translate-error.ts";

/** GetObject's errors for a version that is not there; the last when the id has not even the form of one. */
const NO_VERSION = ["NoSuchKey", "NoSuchVersion", "InvalidArgument"];

/** Texts in one S3 bucket, UTF-8. The bucket must have versioning on. */
export function makeObjectStore(s3: S3Client, bucketName: string): ObjectStore {
  const address = (key: string) => ({ Bucket: bucketName, Key: key });

  async function get(key: string, versionId?: string): Promise<StoredObject> {
    const name = `s3://${bucketName}/${key}`;
    try {
      const command = new GetObjectCommand({ ...address(key), VersionId: versionId });
      const { Body, VersionId } = await s3.send(command);
      const text = await required(Body, `the content of ${name}`).transformToString("utf-8");
      return { text, versionId: versioned(VersionId, bucketName, key) };
    } catch (error) {
      const absences = versionId === undefined ? ["NoSuchKey"] : NO_VERSION;
      if (!isAwsError(error, ...absences)) throw error;
      const what = versionId === undefined ? "object" : `version ${versionId} of`;
      throw new FlowError("IncompleteRead", `There is no ${what} ${name}`, { cause: error });
    }
  }

  return {
    async putText(key, text) {
      const { VersionId } = await s3.send(new PutObjectCommand({ ...address(key), Body: text }));
      return versioned(VersionId, bucketName, key);
    },
    async readText(key, versionId) {
      return (await get(key, versionId)).text;
    },
    read: (key) => get(key),
    async currentVersion(key) {
      try {
        const { VersionId } = await s3.send(new HeadObjectCommand(address(key)));
        return versioned(VersionId, bucketName, key);
      } catch (error) {
        // A HEAD has no body: the SDK names the error after the status 404.
        if (isAwsError(error, "NotFound")) return null;
        throw error;
      }
    },
    async remove(key) {
      await s3.send(new DeleteObjectCommand(address(key)));
    },
  };
}

/**
 * S3 answers no version id when the bucket never had versioning, and "null" for what was written while it was off or
 * suspended: the next write replaces that (S3 user guide, "Suspending versioning").
 * @throws {FlowError} Unexpected
 */
function versioned(versionId: string | undefined, bucketName: string, key: string): string {
  if (versionId !== undefined && versionId !== "null") return versionId;
  const said = `S3 keeps no versions of s3://${bucketName}/${key}: turn on versioning of the bucket ${bucketName}, then write the object again`;
  throw new FlowError("Unexpected", said);
}
