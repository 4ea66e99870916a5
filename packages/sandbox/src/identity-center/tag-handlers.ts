import * as z from "zod";
import type { Operations } from "../aws-json/operation.ts";
import { findForChange, findPermissionSet, makeDefine, pageOf } from "./define.ts";
import { InstanceArn, NextToken, Tag, TagKey, TaggableResourceArn } from "./inputs.ts";
import type { IdentityCenterState } from "./state.ts";
import { checkTags, readTags, type Tags } from "./tags.ts";

const resource = { InstanceArn: InstanceArn.optional(), ResourceArn: TaggableResourceArn };

/** Tags of the instance and of permission sets. To tag a permission set is not to change it: roles stay up to date. */
export function makeTagOperations(state: IdentityCenterState): Operations {
  const define = makeDefine(state);

  const tagsOf = (arn: string): Tags =>
    arn === state.instanceArn ? state.tags : findPermissionSet(state, arn).tags;

  return {
    TagResource: define(z.strictObject({ ...resource, Tags: z.array(Tag).max(75) }), (input, call) => {
      const tags = tagsOf(input.ResourceArn);
      if (tags !== state.tags) findForChange(state, input.ResourceArn, call);
      checkTags(input.Tags, tags);
      for (const [key, value] of readTags(input.Tags)) tags.set(key, value);
    }),
    UntagResource: define(
      z.strictObject({ ...resource, TagKeys: z.array(TagKey).min(1).max(75) }),
      (input, call) => {
        const tags = tagsOf(input.ResourceArn);
        if (tags !== state.tags) findForChange(state, input.ResourceArn, call);
        for (const key of input.TagKeys) tags.delete(key);
      },
    ),
    ListTagsForResource: define(z.strictObject({ ...resource, NextToken }), (input, call) => {
      const { items, next } = pageOf([...tagsOf(input.ResourceArn)], input, call);
      return { Tags: items.map(([Key, Value]) => ({ Key, Value })), ...next };
    }),
  };
}
