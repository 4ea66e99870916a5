declare module "asl-validator" {
  /** Changes the definition that it is given. */
  export default function validate(definition: object): { isValid: boolean; errors: unknown[] };
}
