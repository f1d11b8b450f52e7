import * as page from '#mount/calls/pages/show/document.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.document satisfies RequestHandler
