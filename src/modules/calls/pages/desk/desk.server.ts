import type { App } from '../../../../app.ts'
import { refuseLoad } from '#shared/forms/page-answer.ts'
import { isRefused } from '#shared/forms/refused.ts'
import type { Caller } from '#shared/identity/index.ts'
import { type Language, formatMoment, programmeZone } from '#shared/texts/index.ts'
import { inLanguageOf } from '../../call.ts'
import { callStates } from '../../life.ts'
import { deskCalls } from '../../reads.ts'
import { sayMomentShort } from '../../speech.server.ts'

type Event = { locals: { app: App; language: Language; caller: Caller }; url: URL }

/** The calls of the body that an officer acts for, by where they stand; what waits for somebody first. */
export async function load(event: Event) {
  const { app, caller, language } = event.locals
  const calls = await deskCalls(app, caller)
  if (isRefused(calls)) return refuseLoad(calls, event)
  const lines = calls.map(({ code, title, edition, kind, state, corrigendum, changedAt, deadline }) => ({
    code,
    title: inLanguageOf(title, language) || code,
    edition,
    kind,
    state,
    corrigendum,
    changed: formatMoment(changedAt.toString(), language, programmeZone),
    deadline: deadline && sayMomentShort(deadline, language)
  }))
  return {
    groups: callStates
      .map((state) => ({ state, calls: lines.filter((line) => line.state === state) }))
      .filter((group) => group.calls.length > 0)
  }
}
