import * as page from '#mount/applications/pages/verify/verifier.server.ts'
import type { RequestHandler } from './$types'

export const GET = page.verifier satisfies RequestHandler
