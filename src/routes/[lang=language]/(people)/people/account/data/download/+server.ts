import * as page from '#mount/people/pages/data.server.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = page.download
