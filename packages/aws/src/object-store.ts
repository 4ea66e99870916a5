import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { FlowError, type ObjectStore } from "@landbridge/core";
import { required } from "./required.ts";
import { isAwsError } from "./translate-error.ts";

/** Texts in one S3 bucket, UTF-8. */
export function makeObjectStore(s3: S3Client, bucketName: string): ObjectStore {
  return {
    async putText(key, text) {
      await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body: text }));
    },
    async readText(key) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
        return await required(Body, `the content of s3://${bucketName}/${key}`).transformToString("utf-8");
      } catch (error) {
        if (!isAwsError(error, "NoSuchKey")) throw error;
        const said = `There is no object s3://${bucketName}/${key}`;
        throw new FlowError("IncompleteRead", said, { cause: error });
      }
    },
  };
}
