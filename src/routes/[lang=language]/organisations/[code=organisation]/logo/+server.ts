import { logo } from '#mount/organisations/pages/show/logo.server.ts'
import type { RequestHandler } from './$types'

export const GET = logo satisfies RequestHandler
