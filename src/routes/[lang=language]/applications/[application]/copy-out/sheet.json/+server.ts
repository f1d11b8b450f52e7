import * as page from '#mount/applications/pages/copy-out/copy-out.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.json satisfies RequestHandler
