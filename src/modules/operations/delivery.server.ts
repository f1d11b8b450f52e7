import { readMailServer } from '#shared/mail/index.ts'
import type { Delivery } from './outbox.ts'

/** What this module needs of the app to know where mail goes. */
export type Installation = {
  configuration: { smtpUrl: string | undefined; host: string; origin: string | undefined }
  demonstration: unknown
}

/** What becomes of mail here. */
export function deliveryOf({ configuration, demonstration }: Installation): Delivery {
  if (demonstration !== undefined) return { way: 'demonstration' }
  const server = configuration.smtpUrl && readMailServer(configuration.smtpUrl)
  return server ? { way: 'sent', host: server.host } : { way: 'no-server', alone: isAlone(configuration) }
}

const ofThisMachine = /^(127\.0\.0\.1|localhost|\[?::1\]?)$/

// Behind a proxy the host is this machine's, and the origin says where others come in.
function isAlone({ host, origin }: Installation['configuration']): boolean {
  return ofThisMachine.test(host) && (!origin || ofThisMachine.test(new URL(origin).hostname))
}
