import type { Env, Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'

/** The OpenAPI 3.1 document of the endpoints, made from the schemas they answer by. */
export async function openApiDocument<E extends Env>(endpoints: Hono<E>, version: string) {
  return generateSpecs(endpoints, {
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'Kopā',
        version,
        description:
          'Partnership grants: who may apply, and what is missing. Every answer cites its source. Texts are in English and Latvian.',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' }
      }
    }
  })
}
