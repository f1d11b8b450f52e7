import * as page from '#mount/people/pages/passkey-options.server.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = page.toAdd
