import type { App } from '../../../../app.ts'
import { type Language, formatInstant } from '#shared/texts/index.ts'
import { inLanguageOf } from '../../call.ts'
import { anyCall } from '../../filter.ts'
import { listCalls } from '../../reads.ts'

type Event = { locals: { app: App; language: Language }; params: { action: string; edition: string } }

/** The calls that take applications for an action now, the nearest deadline first. */
export async function load({ locals: { app, language }, params }: Event) {
  const asked = { ...anyCall, states: ['open' as const], actions: [params.action] }
  const { calls } = await listCalls(app, { ...asked, editions: [Number(params.edition)] })
  return calls.map(({ code, card, closesAt }) => ({
    code,
    title: inLanguageOf(card.title, language),
    closes: formatInstant(closesAt.toString(), language)
  }))
}
