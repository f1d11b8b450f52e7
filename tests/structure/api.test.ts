import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registrationShape } from '../../src/modules/organisations/api-schemas.ts'
import { registrationSchema } from '../../src/modules/organisations/record/registration.server.ts'
import { join } from 'node:path'
import { loadProgrammes } from '#server/programmes'
import { createApi } from '../../src/api/api.ts'
import type { App } from '../../src/app.ts'
import { root } from './project-files.ts'

type Schema = { properties?: Record<string, unknown>; anyOf?: Schema[]; $ref?: string }
type Operation = { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } }
type Document = {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, unknown> }
}

const document = (await (await createApi({} as App).request('/api/openapi.json')).json()) as Document
const writes = Object.values(document.paths).flatMap((operations) =>
  ['post', 'put', 'patch'].flatMap((method) => operations[method] ?? [])
)

// Who and what they are about stands in the address; a file is its own body.
const withoutBody = ['giveFile', 'retryJob', 'retryMail', 'settleComment', 'stopWatch']

test('every operation that takes something in says what, field by field', () => {
  const silent = writes.filter(({ requestBody }) => !schemasOf(requestBody).some(hasProperties))
  assert.deepEqual(silent.map(({ operationId }) => operationId).toSorted(), withoutBody)
})

test('every reference of the document leads to something in it', () => {
  const whole = JSON.stringify(document)
  const known = new Set(Object.keys(document.components?.schemas ?? {}))
  const lost = [...whole.matchAll(/"\$ref":"([^"]+)"/g)]
    .map((found) => found[1]!)
    .filter((to) => !known.has(/^#\/components\/schemas\/(\w+)$/.exec(to)?.[1] ?? ''))
  assert.deepEqual(lost, [])
})

test('registering an organisation is described by the fields that are read', () => {
  const read = registrationSchema(loadProgrammes(join(root, 'programmes')))
  assert.deepEqual(Object.keys(registrationShape.shape), Object.keys(read.shape))
})

function schemasOf(body: Operation['requestBody']): Schema[] {
  return Object.values(body?.content ?? {}).map(({ schema }) => schema)
}

function hasProperties({ properties, anyOf }: Schema): boolean {
  return properties ? Object.keys(properties).length > 0 : (anyOf?.every(hasProperties) ?? false)
}
