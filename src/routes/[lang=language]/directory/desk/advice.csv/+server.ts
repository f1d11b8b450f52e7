import * as page from '#mount/directory/pages/desk/log.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.GET satisfies RequestHandler
