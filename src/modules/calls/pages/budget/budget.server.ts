import type { App } from '../../../../app.ts'
import { listActions, listPriorities } from '#server/programmes'
import { type Caller, may } from '#shared/identity/index.ts'
import { type Language, formatMoney } from '#shared/texts/index.ts'
import { allBodies, bodyIn } from '../../bodies.server.ts'
import { commission, ofTheYear } from '../../permissions.ts'
import { yearBudget } from '../../reads.ts'
import { leftOfEnvelope } from '../../year-plan.ts'

type Event = { locals: { app: App; language: Language; caller: Caller }; url: URL }

/** The money of a year: set, shared out over bodies, offered by calls, awarded, committed; priorities and targets. */
export async function load({ locals: { app, language, caller }, url }: Event) {
  const { editions } = app.programmes
  const asked = Number(url.searchParams.get('edition'))
  const edition = editions.find((one) => one === asked) ?? editions[0]!
  const [budget, bodies] = await Promise.all([yearBudget(app, edition), allBodies(app)])
  const names = new Map(listActions(app, edition).map(({ action, names }) => [action, names[language]]))
  const money = (cents: number | undefined) =>
    cents === undefined ? undefined : formatMoney(cents, language)
  const most = Math.max(
    1,
    ...budget.money.map(({ envelope, inCalls }) => Math.max(envelope?.cents ?? 0, inCalls))
  )
  const lines = budget.money.map(({ action, envelope, inCalls, awarded, committed }) => ({
    action,
    name: names.get(action) ?? action,
    envelope: money(envelope?.cents),
    bodies: (envelope?.bodies ?? []).map(({ body, cents }) => ({
      name: bodyIn(bodies, body).names[language],
      amount: formatMoney(cents, language)
    })),
    left:
      envelope && leftOfEnvelope(envelope) > 0 ? formatMoney(leftOfEnvelope(envelope), language) : undefined,
    inCalls: formatMoney(inCalls, language),
    awarded: money(awarded),
    committed: money(committed),
    // Of a hundred, for the bars.
    share: { envelope: ((envelope?.cents ?? 0) / most) * 100, inCalls: (inCalls / most) * 100 }
  }))
  const priorities = new Map(listPriorities(app, edition).map(({ id, names }) => [id, names[language]]))
  const sum = (pick: (line: (typeof budget.money)[number]) => number) =>
    budget.money.reduce((total, line) => total + pick(line), 0)
  return {
    edition,
    editions,
    lines: lines.filter(({ envelope, share }) => envelope !== undefined || share.inCalls > 0),
    others: lines.filter(({ envelope, share }) => envelope === undefined && share.inCalls === 0),
    total: {
      envelope: formatMoney(
        sum(({ envelope }) => envelope?.cents ?? 0),
        language
      ),
      inCalls: formatMoney(sum(({ inCalls }) => inCalls) + budget.unsplit, language)
    },
    unsplit: budget.unsplit > 0 ? formatMoney(budget.unsplit, language) : undefined,
    decided: budget.money.some(({ awarded }) => awarded !== undefined),
    priorities: budget.plan.priorities.map((id) => ({ id, name: priorities.get(id) ?? id })),
    targets: budget.plan.targets.map(({ says, action, number }) => ({
      says: says[language],
      action: action === null ? undefined : names.get(action),
      number
    })),
    writes: may(caller, ofTheYear, { body: commission })
  }
}
