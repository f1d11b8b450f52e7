import { resolver } from 'hono-openapi'
import { z } from 'zod'

/**
 * The body that an operation takes in, for the OpenAPI document: made of the schema that reads it, so that the two
 * never differ. What may be left out is found by asking the schema.
 * @param examples by name
 */
export function takes(schema: z.ZodType, examples: Readonly<Record<string, object>> = {}) {
  const named = Object.entries(examples).map(([name, value]) => [name, { value }] as const)
  return {
    required: true,
    content: {
      'application/json': {
        schema: inputOf(schema),
        ...(named.length > 0 && { examples: Object.fromEntries(named) })
      }
    }
  }
}

/** What an operation answers, for the OpenAPI document. */
export function answers(schema: z.ZodType, description: string) {
  return { description, content: { 'application/json': { schema: resolver(schema) } } }
}

function inputOf(schema: z.ZodType): object {
  const {
    $schema: _,
    $defs: __,
    ...described
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    // What only a function knows is described by its .meta(), or is anything.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = (zodSchema as z.core.$ZodTypes)._zod
      if (def.type !== 'object') return
      const needed = Object.entries(def.shape).filter(([, field]) => !z.safeParse(field, undefined).success)
      if (needed.length > 0) jsonSchema.required = needed.map(([name]) => name)
      else delete jsonSchema.required
    }
  })
  // z.json() describes itself by itself. Such a reference would lead nowhere in the document: it is any JSON.
  const anyJson = (_key: string, part: unknown) =>
    typeof part === 'object' && part !== null && '$ref' in part ? {} : part
  return JSON.parse(JSON.stringify(described), anyJson) as object
}
