import * as z from "zod";

/** How a field is asked for: `secret` is never shown, `document` is the text of a file, `word` confirms an action. */
type FieldInput = "text" | "secret" | "document" | "word";

/** A field of an answer, as people and forms see it. */
export interface AnswerField {
  readonly name: string;
  readonly what: string;
  readonly input: FieldInput;
  /** For `word`: the expected word. */
  readonly word?: string;
  readonly optional: boolean;
}

const facts = z.registry<Pick<AnswerField, "what" | "input" | "word">>();
const MISSING = "missing";
const someText = z.string({ error: MISSING }).trim().min(1, MISSING);

export function textField(what: string) {
  return someText.clone().register(facts, { what, input: "text" });
}

/** May be left out. */
export function optionalTextField(what: string) {
  return someText.optional().register(facts, { what, input: "text" });
}

export function secretField(what: string) {
  return someText.clone().register(facts, { what, input: "secret" });
}

/** The text of a file, unchanged. */
export function documentField(what: string) {
  return z.string({ error: MISSING }).min(1, MISSING).register(facts, { what, input: "document" });
}

/** A word in capitals that confirms that something is done. */
export function wordField(word: string, when: string) {
  const expected = `expected the word ${word} in capitals`;
  return z
    .string({ error: expected })
    .refine((text) => text.trim() === word, expected)
    .register(facts, { what: `the word ${word}, ${when}`, input: "word", word });
}

/** A day or an instant; optional. */
export function optionalTimeField(what: string) {
  return z
    .union([z.iso.date(), z.iso.datetime()], { error: "expected a day such as 2031-01-31" })
    .optional()
    .register(facts, { what, input: "text" });
}

/** In the order in which they are asked for. */
export function fieldsOf(answer: z.ZodObject): AnswerField[] {
  return Object.entries(answer.shape).map(([name, schema]) => {
    const known = facts.get(schema as z.ZodType);
    if (!known) throw new Error(`The field ${name} is not made by answer-fields.ts`);
    return { name, ...known, optional: z.safeParse(schema, undefined).success };
  });
}
