import { createApi } from '../../../api/api.ts'
import type { PageServerLoad } from './$types'
import { type Endpoint, endpointsOf, type OpenApi } from './endpoints.ts'

// The endpoints are the same as long as this process runs.
let endpoints: Promise<Endpoint[]> | undefined

export const load: PageServerLoad = async ({ locals: { app } }) => {
  endpoints ??= Promise.resolve(createApi(app).request('/api/openapi.json'))
    .then((answer) => answer.json() as Promise<OpenApi>)
    .then(endpointsOf)
  return { endpoints: await endpoints }
}
