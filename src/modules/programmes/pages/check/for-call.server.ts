import type { App } from '../../../../app.ts'
import type { CallToCheck } from '../../call-to-check.ts'

/** The installation as the call of an address applies it. */
export type ForCall = {
  app: App
  call: CallToCheck | undefined
  /** The address names a call that is not there. */
  unknown: boolean
}

/** With ?call=… everything is asked of that call: its actions, its fields, its deadline, its own rules. */
export async function forCall(app: App, url: URL): Promise<ForCall> {
  const code = url.searchParams.get('call')
  if (code === null) return { app, call: undefined, unknown: false }
  const call = await app.callToCheck(code)
  return call
    ? { app: { ...app, programmes: call.programmes }, call, unknown: false }
    : { app, call: undefined, unknown: true }
}
