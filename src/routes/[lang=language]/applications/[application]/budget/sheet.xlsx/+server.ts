import * as page from '#mount/applications/pages/budget/sheet.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.downloadSheet satisfies RequestHandler
