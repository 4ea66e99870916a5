import * as z from "zod";
import { SourceError } from "../source-error.ts";

/** One resource or data source; each instance of `count` and `for_each` separately. */
export interface TerraformResource {
  /** `module.sso["eu"].aws_ssoadmin_permission_set.this["admin"]` */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  /** The known values; in a plan, attributes known only after apply are absent. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface TerraformShow {
  readonly file: string;
  readonly kind: "state" | "plan";
  readonly resources: readonly TerraformResource[];
  /** The configuration of a plan. */
  readonly configuration: ConfigurationModule | null;
}

const Resource = z.object({
  address: z.string(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  values: z.record(z.string(), z.unknown()).default({}),
});

interface Module {
  readonly resources: z.infer<typeof Resource>[];
  readonly child_modules: Module[];
}

const Module: z.ZodType<Module> = z.object({
  resources: z.array(Resource).default([]),
  get child_modules(): z.ZodDefault<z.ZodArray<z.ZodType<Module>>> {
    return z.array(Module).default([]);
  },
});

/** What expressions of the configuration refer to (JSON output format, "Expression representation"). */
export interface ConfigurationModule {
  readonly resources: readonly {
    readonly address: string;
    readonly expressions: Readonly<Record<string, unknown>>;
  }[];
  readonly module_calls: Readonly<Record<string, { readonly module?: ConfigurationModule | undefined }>>;
}

const ConfigurationModule: z.ZodType<ConfigurationModule> = z.object({
  resources: z
    .array(z.object({ address: z.string(), expressions: z.record(z.string(), z.unknown()).default({}) }))
    .default([]),
  get module_calls(): z.ZodDefault<
    z.ZodRecord<z.ZodString, z.ZodObject<{ module: z.ZodOptional<z.ZodType<ConfigurationModule>> }>>
  > {
    return z.record(z.string(), z.object({ module: ConfigurationModule.optional() })).default({});
  },
});

const StateValues = z.object({ root_module: Module.default({ resources: [], child_modules: [] }) });

/** Format 1 of `terraform show -json` (Terraform, JSON output format); later minor versions only add to it. */
const Show = z.object({
  format_version: z.string().regex(/^1\./, "expected format version 1"),
  values: StateValues.optional(),
  planned_values: StateValues.optional(),
  prior_state: z.object({ values: StateValues.optional() }).optional(),
  configuration: z.object({ root_module: ConfigurationModule.optional() }).optional(),
});

/** @param file name of the file, for messages @throws {SourceError} for another text, with what to do instead */
export function readShow(text: string, file: string): TerraformShow {
  const parsed = Show.safeParse(toJson(text, file));
  if (!parsed.success) throw new SourceError(`${file}: ${z.prettifyError(parsed.error)}\n${HOW}`);
  const { values, planned_values: planned, prior_state: prior, configuration } = parsed.data;
  if (planned) {
    // A plan has the data sources that it could read in the state before it.
    const read = flatten(prior?.values?.root_module).filter(({ mode }) => mode === "data");
    const resources = new Map(
      [...read, ...flatten(planned.root_module)].map((resource) => [resource.address, resource]),
    );
    return {
      file,
      kind: "plan",
      resources: [...resources.values()],
      configuration: configuration?.root_module ?? null,
    };
  }
  return { file, kind: "state", resources: flatten(values?.root_module), configuration: null };
}

const HOW =
  "Expected the output of `terraform show -json`, of a state or of a plan file (`tofu show -json` is the same).";

function toJson(text: string, file: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new SourceError(`${file} is no JSON: ${error.message}\n${HOW}`);
    throw error;
  }
  if (typeof value === "object" && value !== null && "terraform_version" in value && "lineage" in value) {
    throw new SourceError(
      `${file} is a state file as Terraform keeps it, whose form it does not promise.\n${HOW}`,
    );
  }
  return value;
}

function flatten(module: Module | undefined): TerraformResource[] {
  if (!module) return [];
  return [...module.resources, ...module.child_modules.flatMap(flatten)];
}
