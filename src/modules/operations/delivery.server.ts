import { readMailServer } from '#shared/mail/index.ts'
import type { Delivery } from './outbox.ts'

/** What this module needs of the app to know where mail goes. */
export type Installation = {
  configuration: { smtpUrl: string | undefined }
  demonstration: unknown
}

/** What becomes of mail here. */
export function deliveryOf({ configuration, demonstration }: Installation): Delivery {
  if (demonstration !== undefined) return { way: 'demonstration' }
  const server = configuration.smtpUrl && readMailServer(configuration.smtpUrl)
  return server ? { way: 'sent', host: server.host } : { way: 'no-server' }
}
