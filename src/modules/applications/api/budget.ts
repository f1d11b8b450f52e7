import { type Context, Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { refuse, reply } from '#shared/forms/api-answer.ts'
import { answers, takes } from '#shared/forms/api-described.ts'
import { readBody } from '#shared/forms/read-body.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { isRefused, refused } from '#shared/forms/refused.ts'
import type { Temporal } from 'temporal-polyfill'
import type { Caller } from '#shared/identity/index.ts'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { removeBudgetLine } from '../actions/remove-budget-line.ts'
import { replaceBudget } from '../actions/replace-budget.ts'
import { saveBudgetLine } from '../actions/save-budget-line.ts'
import { lineId, seenVersion, statedCost, wholeBudget } from '../budget/budget-input.server.ts'
import { totalsBy, views } from '../budget/views.ts'
import { budgetAtWork } from '../reads.ts'
import { budgetSchema } from './answered.ts'
import { isOfAnotherWriter } from './other-writer.ts'

type Variables = { Variables: { caller: Caller } }

/** The budget of a draft: its lines, what is granted of them, and why not more. */
export function budgetApi(app: {
  database: Database
  programmes: Programmes
  clock: () => Temporal.Instant
}): Hono<Variables> {
  const api = new Hono<Variables>()
  const budget = '/applications/:application/budget'
  api.get(budget, describeRoute(show), async (c) => {
    const found = await budgetAtWork(app, c.var.caller, c.req.param('application'))
    if (isRefused(found)) return refuse(c, found)
    const { lines, state, rules, budget: computed } = found
    const totals = Object.fromEntries(views.map((view) => [view, totalsBy(computed, view)]))
    const parts = computed.parts.map(({ line, ...part }) => ({ line: line.id, ...part }))
    return reply(c, { state, lines, budget: { ...computed, parts }, totals, rules })
  })
  api.put(`${budget}/lines/:line`, describeRoute(save), async (c) => {
    if (isOfAnotherWriter(c)) return refuse(c, refused('sign-in'))
    const given = await readBody(c, lineToSave)
    const id = idOf(c, 'line')
    if (isRefused(given)) return refuse(c, given)
    if (isRefused(id)) return refuse(c, id)
    return reply(c, await saveBudgetLine(app, c.var.caller, c.req.param('application'), { id, ...given }))
  })
  api.delete(`${budget}/lines/:line`, describeRoute(remove), async (c) => {
    if (isOfAnotherWriter(c)) return refuse(c, refused('sign-in'))
    const id = idOf(c, 'line')
    if (isRefused(id)) return refuse(c, id)
    const seen = readInput(seenVersion, c.req.query('seen'))
    if ('problems' in seen) return refuse(c, refused('invalid', { problems: seen.problems }))
    const asked = { id, seen: seen.data }
    return reply(c, await removeBudgetLine(app, c.var.caller, c.req.param('application'), asked))
  })
  api.put(budget, describeRoute(replace), async (c) => {
    const given = await readBody(c, wholeBudget)
    if (isRefused(given)) return refuse(c, given)
    const lines = given.lines.map(({ id, line }) => ({ ...line, id }))
    const asked = { seen: given.seen, lines }
    return reply(c, await replaceBudget(app, c.var.caller, c.req.param('application'), asked))
  })
  return api
}

const lineToSave = z.strictObject({ seen: seenVersion, line: statedCost })

function idOf(c: Context, name: string) {
  const read = readInput(lineId, c.req.param(name))
  return 'problems' in read ? refused('invalid', { problems: read.problems }) : read.data
}

const money = 'All amounts are whole cents.'

const show = {
  operationId: 'showBudget',
  summary: 'The budget of a draft, computed',
  description: `Lines with their versions; what each costs and what of it is granted, with the rule behind every euro that is not; totals by participant, year, work package and category; the rules with their sources. ${money}`,
  responses: { 200: answers(budgetSchema, 'The budget.') }
} satisfies Parameters<typeof describeRoute>[0]

const save = {
  operationId: 'saveBudgetLine',
  summary: 'Saves a line of the budget',
  description: `Name in \`seen\` the version that you saw; 0 for a new line, whose id of eight letters or digits you make up. A line that somebody changed meanwhile is refused with 409 and what stands now as \`current\`. ${money}`,
  requestBody: takes(lineToSave, {
    activity: {
      seen: 0,
      line: {
        category: 'activities',
        participant: '7b952c76-fc73-444b-8b1a-cbdd6550c90f',
        workPackage: 'k3j9x2ab',
        title: 'Reading evenings',
        cents: 3_000_000
      }
    }
  }),
  responses: {
    200: answers(z.object({ id: z.string(), version: z.int() }), 'The version that it has now.'),
    409: { description: 'Somebody else changed it meanwhile, or the application is no draft any more.' },
    422: { description: 'What is wrong with what was sent. Nothing was kept.' }
  }
} satisfies Parameters<typeof describeRoute>[0]

const remove = {
  operationId: 'removeBudgetLine',
  summary: 'Removes a line of the budget',
  description: 'Name in the query as `seen` the version that you saw.',
  responses: {
    200: { description: 'The id of the line that is gone.' },
    409: { description: 'Somebody else changed it meanwhile.' }
  }
} as const

const replace = {
  operationId: 'replaceBudget',
  summary: 'Replaces the budget',
  description: `Name in \`seen\` the \`state\` that you saw. Lines of participants that you may not write for stay as they are. ${money}`,
  requestBody: takes(wholeBudget),
  responses: {
    200: answers(z.object({ added: z.int(), changed: z.int(), removed: z.int() }), 'How many lines.'),
    409: { description: 'The budget changed meanwhile.' }
  }
} satisfies Parameters<typeof describeRoute>[0]
