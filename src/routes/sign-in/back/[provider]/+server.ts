import * as page from '#mount/people/pages/with-provider.server.ts'
import type { RequestHandler } from './$types'

// Providers list the address that they send browsers back to: one, without a language.
export const GET: RequestHandler = page.back
