import * as feeds from '#mount/calls/pages/feeds/feeds.server.ts'
import type { RequestHandler } from './$types'

export const GET = feeds.atom satisfies RequestHandler
