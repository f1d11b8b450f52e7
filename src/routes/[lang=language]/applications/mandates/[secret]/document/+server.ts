import { givenMandateFile } from '#mount/applications/pages/mandates/given-mandate-file.server.ts'
import type { RequestHandler } from './$types'

export const GET = givenMandateFile satisfies RequestHandler
