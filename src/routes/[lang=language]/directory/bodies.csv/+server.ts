import * as page from '#mount/directory/pages/bodies-csv.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.GET satisfies RequestHandler
