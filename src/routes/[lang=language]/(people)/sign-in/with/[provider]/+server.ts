import * as page from '#mount/people/pages/with-provider.server.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = page.away
