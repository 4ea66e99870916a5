import type { ConfigurationModule, TerraformResource, TerraformShow } from "./show-json.ts";

/**
 * The one resource of a type that an attribute refers to, for attributes known only after apply. Null if the configuration
 * leaves open which instance it is: a wrong guess would grant access to somebody else.
 */
export function referredResource(
  { configuration, resources }: TerraformShow,
  { address }: TerraformResource,
  { attribute, type }: { readonly attribute: string; readonly type: string },
): TerraformResource | null {
  const { module, path, resource } = splitAddress(address);
  const config = moduleAt(configuration, path)?.resources.find((candidate) => candidate.address === resource);
  const references = referencesOf(config?.expressions[attribute]);
  // With each.key, count.index or a condition, the instance depends on more than is written here.
  if (!references.every((name) => name.startsWith(`${type}.`))) return null;
  const instances = new Set(references.flatMap((name) => /^[^[]+\[[^\]]+\]/.exec(name)?.[0] ?? []));
  const names = new Set(references.map((name) => name.split(/[.[]/).slice(0, 2).join(".")));
  const [name] = names;
  const [instance] = instances;
  if (name === undefined || names.size > 1 || instances.size > 1) return null;
  const wanted = `${module}${instance ?? name}`;
  const candidates = resources.filter((candidate) =>
    instance === undefined
      ? candidate.address === wanted || candidate.address.startsWith(`${wanted}[`)
      : candidate.address === wanted,
  );
  const [only] = candidates;
  return only && candidates.length === 1 ? only : null;
}

/** `module.a["x"].type.name[0]` in its parts: `module.a["x"].`, the names of the modules, `type.name`. */
function splitAddress(address: string): { module: string; path: string[]; resource: string } {
  const module = /^(?:module\.[^.[]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.)*/.exec(address)?.[0] ?? "";
  const path = [...module.matchAll(/module\.([^.[]+)(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\./g)].map(
    ([, name]) => name ?? "",
  );
  const resource = address.slice(module.length).replace(/\[.*$/s, "");
  return { module, path, resource };
}

function moduleAt(root: ConfigurationModule | null, path: readonly string[]): ConfigurationModule | null {
  return path.reduce<ConfigurationModule | null>(
    (module, name) => module?.module_calls[name]?.module ?? null,
    root,
  );
}

function referencesOf(expression: unknown): string[] {
  if (typeof expression !== "object" || expression === null || !("references" in expression)) return [];
  const { references } = expression;
  return Array.isArray(references) ? references.filter((name) => typeof name === "string") : [];
}
