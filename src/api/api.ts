import { Hono } from 'hono'
import { applicationsApi } from '#mount/applications/api.ts'
import { callsApi } from '#mount/calls/api.ts'
import { directoryApi } from '#mount/directory/api.ts'
import { operationsApi } from '#mount/operations/api.ts'
import { organisationsApi } from '#mount/organisations/api.ts'
import { peopleApi } from '#mount/people/api.ts'
import { programmesApi } from '#mount/programmes/api.ts'
import { texts } from '#shared/texts/index.ts'
import type { App } from '../app.ts'
import { auditApi } from './audit.ts'
import { type CallerVariables, callers } from './callers.ts'
import { openApiDocument } from './openapi.ts'

/** The machines' door: every module's endpoints, and the document that describes them. */
export function createApi(app: App): Hono {
  const api = new Hono()
  const endpoints = new Hono<CallerVariables>()
    .use('/api/v1/*', callers(app))
    .route('/api/v1', programmesApi(app))
    .route('/api/v1', peopleApi(app))
    .route('/api/v1', organisationsApi(app))
    .route('/api/v1', operationsApi(app))
    .route('/api/v1', directoryApi(app))
    .route('/api/v1', callsApi(app))
    .route('/api/v1', applicationsApi(app))
    .route('/api/v1/audit', auditApi(app))
  api.route('/', endpoints)
  api.get('/api/openapi.json', async (c) => c.json(await openApiDocument(endpoints, app.version)))
  api.notFound((c) =>
    c.json({ type: 'about:blank', title: 'Not Found', status: 404, detail: 'See /api/openapi.json.' }, 404, {
      'content-type': 'application/problem+json'
    })
  )
  api.onError((error, c) => {
    app.log.error({ err: error, path: c.req.path }, 'The API could not answer')
    const [en, lv] = [texts('en')('form.refused.failed'), texts('lv')('form.refused.failed')]
    return c.json(
      {
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        detail: `${en} · ${lv}`,
        reason: 'failed',
        problems: [{ path: '', message: { en, lv } }]
      },
      500,
      { 'content-type': 'application/problem+json' }
    )
  })
  return api
}
