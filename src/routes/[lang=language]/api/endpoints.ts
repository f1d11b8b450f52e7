/** The part of an OpenAPI 3.1 document that the readable page shows. */
export type OpenApi = {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}
type Operation = {
  operationId?: string
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content?: Content }
  responses?: Record<string, { description?: string; content?: Content }>
}
type Content = Record<string, { schema?: Schema }>
type Schema = {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: unknown
  description?: string
}

/** One field of what is sent or answered: partners[].country. */
export type FieldRow = { path: string; type: string; required: boolean; description: string }

/** One endpoint, ready to be read. */
export type Endpoint = {
  id: string
  method: string
  path: string
  summary: string
  description: string
  parameters: FieldRow[]
  request: { types: string[]; fields: FieldRow[] } | undefined
  responses: { status: string; description: string; types: string[]; fields: FieldRow[] }[]
}

/** The endpoints of a document, in its order. */
export function endpointsOf(document: OpenApi): Endpoint[] {
  const fields = (content: Content | undefined) => {
    const schema = Object.values(content ?? {})[0]?.schema
    return schema ? fieldRows(schema, { ...document.components?.schemas, ...schema.$defs }) : []
  }
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      id: operation.operationId ?? `${method}-${path}`,
      method: method.toUpperCase(),
      path,
      summary: operation.summary ?? '',
      description: operation.description ?? '',
      parameters: (operation.parameters ?? []).map(({ name, required, description, schema }) => ({
        path: name,
        type: schema ? typeText(schema, {}) : 'string',
        required: required ?? false,
        description: description ?? ''
      })),
      request: operation.requestBody && {
        types: Object.keys(operation.requestBody.content ?? {}),
        fields: fields(operation.requestBody.content)
      },
      responses: Object.entries(operation.responses ?? {}).map(([status, { description, content }]) => ({
        status,
        description: description ?? '',
        types: Object.keys(content ?? {}),
        fields: Number(status) < 300 ? fields(content) : []
      }))
    }))
  )
}

type Known = Record<string, Schema>

/** A schema as rows, nested fields after the field they belong to. Deeper than four levels nobody reads on. */
function fieldRows(schema: Schema, known: Known, prefix = '', depth = 0): FieldRow[] {
  if (depth > 4) return []
  const plain = resolved(schema, known)
  if (plain.type === 'array' && plain.items) return fieldRows(plain.items, known, `${prefix}[]`, depth)
  const required = new Set(plain.required)
  return Object.entries(plain.properties ?? {}).flatMap(([name, property]) => {
    const path = prefix ? `${prefix}.${name}` : name
    const inner = resolved(property, known)
    const row = {
      path,
      type: typeText(property, known),
      required: required.has(name),
      description: property.description ?? inner.description ?? ''
    }
    return [row, ...fieldRows(inner, known, path, depth + 1)]
  })
}

/** The schema itself: references followed, “or null” left away, the first of several forms. */
function resolved(schema: Schema, known: Known): Schema {
  const name = schema.$ref?.split('/').at(-1)
  if (name && known[name]) return resolved(known[name], known)
  const forms = (schema.anyOf ?? schema.oneOf)?.filter(({ type }) => type !== 'null')
  return forms?.[0] ? resolved(forms[0], known) : schema
}

function typeText(schema: Schema, known: Known): string {
  if (schema.$ref) return typeText(resolved(schema, known), known)
  const forms = schema.anyOf ?? schema.oneOf
  if (forms) return [...new Set(forms.map((form) => typeText(form, known)))].join(' | ')
  if (schema.enum) return schema.enum.map(String).join(' | ')
  if (schema.const !== undefined) return String(schema.const)
  const type = [schema.type ?? 'any'].flat().join(' | ')
  return type === 'array' && schema.items ? `${typeText(schema.items, known)}[]` : type
}
