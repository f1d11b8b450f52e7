import { type Database, type Prepared, runPrepared } from '#shared/database/index.ts'
import type { BudgetLine } from '../budget/budget-line.ts'
import type { AnswerAtHand, AtHand, BudgetAtHand, Circumstances, Written } from './asked.ts'

/** What is written in applications, each with how things stand around it: in their order, in two statements for all. */
export async function allAtHand(database: Database, all: readonly Circumstances[]): Promise<AtHand[]> {
  if (all.length === 0) return []
  const ids = [...new Set(all.map(({ outline }) => outline.id))]
  const [answers, budgets] = await Promise.all([answersOf(database, ids), budgetsOf(database, ids)])
  return all.map((around) => {
    const { id } = around.outline
    return { ...around, answers: answers.get(id) ?? none, budget: budgets.get(id) ?? nothing }
  })
}

const none: Written['answers'] = new Map()
const nothing: BudgetAtHand = { lines: [], versions: 0 }

/** Answers of one application, column by column: far less to write and to read than a row for each. */
type AnswerColumns = {
  application: string
  paths: string[]
  versions: number[]
  lengths: number[]
  digests: string
  says: (boolean | null)[]
  lines: (string | null)[]
  values: unknown[]
}

async function answersOf(
  database: Database,
  ids: readonly string[]
): Promise<Map<string, Written['answers']>> {
  const rows = await runPrepared<AnswerColumns>(database, answersAtHand, [ids])
  return new Map(rows.map((row) => [row.application, new Map(answersIn(row))]))
}

function answersIn({ paths, versions, lengths, digests, says, lines, values }: AnswerColumns) {
  return paths.map((path, at): [string, AnswerAtHand] => {
    const digest = digests.slice(at * digestLength, (at + 1) * digestLength)
    const given = { path, version: versions[at]!, length: lengths[at]!, digest }
    const isText = says[at]! !== null
    return [
      path,
      isText ? { ...given, text: says[at] ? (lines[at] ?? digest) : '' } : { ...given, value: values[at] }
    ]
  })
}

// Of SHA-256 in hexadecimal.
const digestLength = 64

const answersAtHand: Prepared = {
  name: 'applications.answers-at-hand',
  text: `
    select application, json_agg(path) as paths, json_agg(version) as versions, json_agg(length) as lengths,
      encode(string_agg(digest, ''), 'hex') as digests, json_agg(says) as says,
      json_agg(case when length <= 300 then text end) as lines, json_agg(value) as values
    from applications.answer where application = any($1::uuid[]) group by application`
}

type BudgetRow = { application: string; versions: number; lines: BudgetLine[] }

async function budgetsOf(database: Database, ids: readonly string[]): Promise<Map<string, BudgetAtHand>> {
  const rows = await runPrepared<BudgetRow>(database, budgetsAtHand, [ids])
  return new Map(rows.map(({ application, versions, lines }) => [application, { versions, lines }]))
}

const budgetsAtHand: Prepared = {
  name: 'applications.budgets-at-hand',
  text: `
    select application, sum(version)::integer as versions,
      coalesce(json_agg(content || jsonb_build_object('id', id, 'participant', participant) order by place)
        filter (where removed_at is null), '[]') as lines
    from applications.budget_line where application = any($1::uuid[]) group by application`
}
