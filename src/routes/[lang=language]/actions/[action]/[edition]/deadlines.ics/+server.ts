import * as calendar from '#mount/programmes/pages/actions/deadlines-calendar.server.ts'
import type { RequestHandler } from './$types'

export const GET = calendar.GET satisfies RequestHandler
